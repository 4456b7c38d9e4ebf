package io.bascule.api.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.testsupport.TestDatabase;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** From one master key to the next, with the platform's and the workspaces' keys in a database of their own. */
class MasterKeyChangeTests {

    private static final byte[] PLACE = {1, 2, 3};

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final TransactionTemplate transaction =
            new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
    private final UUID workspace = jdbc.sql("select id from workspaces where name = 'default'")
            .query(UUID.class)
            .single();

    @Test
    void whatTheEarlierKeySealedIsSealedAnewAndThenOpensWithoutIt() {
        MasterKey first = key(1, 0);
        PlatformKey ticket = platformKeys(first)
                .findOrCreate(KeyPurpose.TICKET, TicketKeys::make)
                .getFirst();
        byte[] sealed = hold(first).key().seal("secret".getBytes(UTF_8), PLACE);
        assertThatThrownBy(() -> hold(key(2, 0))).as("control").isInstanceOf(UnusableMasterKeyException.class);

        RewrapKeys rewrap = new RewrapKeys(jdbc, transaction, key(2, 1));
        assertThat(rewrap.left()).isEqualTo(2);
        assertThat(rewrap.step()).isEqualTo(2);

        assertThat(rewrap.left()).isZero();
        assertThat(rewrap.step()).isZero();
        MasterKey second = key(2, 0);
        assertThat(hold(second).key().open(sealed, PLACE)).hasValue("secret".getBytes(UTF_8));
        assertThat(platformKeys(second)
                        .findOrCreate(KeyPurpose.TICKET, TicketKeys::make)
                        .getFirst()
                        .privateKey())
                .isEqualTo(ticket.privateKey());
        assertThatThrownBy(() -> hold(first)).isInstanceOf(UnusableMasterKeyException.class);
    }

    @Test
    void podsThatKnowTheNextKeyReadWhatTheOthersSealedWithIt() {
        hold(key(1, 2));
        new RewrapKeys(jdbc, transaction, key(2, 1)).step();

        assertThat(hold(key(1, 2)).generation()).isEqualTo(1);
    }

    @Test
    void keysFromBeforeTheirMasterKeyWasNotedAreTakenAlong() {
        platformKeys(key(1, 0)).findOrCreate(KeyPurpose.TICKET, TicketKeys::make);
        jdbc.sql("update platform_keys set master_key_id = null").update();

        assertThat(new RewrapKeys(jdbc, transaction, key(2, 1)).step()).isEqualTo(1);

        assertThat(platformKeys(key(2, 0)).findOrCreate(KeyPurpose.TICKET, TicketKeys::make))
                .hasSize(1);
    }

    @Test
    void aWorkspacesKeyDoesNotOpenInTheRowOfAnother() {
        MasterKey master = key(1, 0);
        hold(master);
        UUID other = jdbc.sql("insert into workspaces (name) values ('other') returning id")
                .query(UUID.class)
                .single();
        jdbc.sql("insert into workspace_keys (workspace_id, generation, wrapped_key, master_key_id)"
                        + " select ?, generation, wrapped_key, master_key_id from workspace_keys")
                .param(other)
                .update();

        assertThatThrownBy(() -> transaction.execute(_ -> new WorkspaceKeys(jdbc, master).holdOrCreate(other)))
                .isInstanceOf(UnusableMasterKeyException.class);
    }

    @Test
    void theNameOfAKeyIsTheSameEverywhereAndSaysNothingOfIt() {
        assertThat(key(1, 0).id())
                .isEqualTo(key(1, 2).id())
                .hasSize(16)
                .isNotEqualTo(key(2, 1).id());
    }

    private WorkspaceKey hold(MasterKey master) {
        return transaction.execute(_ -> new WorkspaceKeys(jdbc, master).holdOrCreate(workspace));
    }

    private PlatformKeys platformKeys(MasterKey master) {
        return new PlatformKeys(jdbc, transaction, master);
    }

    /** @param other 0 for none */
    private static MasterKey key(int number, int other) {
        return MasterKey.from(new SecretsProperties(null, text(number), null, other == 0 ? null : text(other)));
    }

    private static String text(int number) {
        byte[] bytes = new byte[SealingKey.BYTES];
        bytes[0] = (byte) number;
        return Base64.getEncoder().encodeToString(bytes);
    }
}
