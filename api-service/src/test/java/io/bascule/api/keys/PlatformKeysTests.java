package io.bascule.api.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.testsupport.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class PlatformKeysTests {

    private final TestDatabase database = TestDatabase.create();
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void podsThatStartTogetherEndUpWithOneKey() throws Exception {
        int pods = 6;
        CyclicBarrier start = new CyclicBarrier(pods);
        List<Callable<UUID>> starts = new ArrayList<>();
        for (int i = 0; i < pods; i++) {
            PlatformKeys pod = pod(0);
            starts.add(() -> {
                start.await();
                return pod.findOrCreate(KeyPurpose.TICKET, this::make)
                        .getFirst()
                        .id();
            });
        }

        List<UUID> ids;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ids = threads.invokeAll(starts).stream().map(Future::resultNow).toList();
        }

        assertThat(ids).hasSize(pods).containsOnly(ids.getFirst());
        assertThat(made).hasValue(1);
    }

    @Test
    void aKeyIsTheSameAfterARestart() {
        PlatformKey first = pod(0).findOrCreate(KeyPurpose.TICKET, this::make).getFirst();

        PlatformKey second = pod(0).findOrCreate(KeyPurpose.TICKET, this::make).getFirst();

        assertThat(second.privateKey()).isEqualTo(first.privateKey());
        assertThat(second.publicPart()).isEqualTo(first.publicPart());
    }

    @Test
    void thePrivateHalfIsNotPlainInTheDatabase() {
        PlatformKey key = pod(0).findOrCreate(KeyPurpose.TICKET, this::make).getFirst();

        byte[] stored = JdbcClient.create(database.dataSource())
                .sql("select encrypted_private_key from platform_keys")
                .query(byte[].class)
                .single();

        assertThat(stored).isNotEqualTo(key.privateKey().getEncoded());
        assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(
                        new String(key.privateKey().getEncoded(), java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    @Test
    void theAuthorityAndTheTicketsHaveKeysOfTheirOwn() {
        pod(0).findOrCreate(KeyPurpose.TICKET, this::make);

        assertThatThrownBy(() -> pod(0).findOrCreate(KeyPurpose.AUTHORITY, () -> {
                    throw new IllegalStateException("made for the authority");
                }))
                .hasMessage("made for the authority");
    }

    @Test
    void anotherMasterKeyDoesNotStart() {
        pod(0).findOrCreate(KeyPurpose.TICKET, this::make);

        assertThatThrownBy(() -> pod(1).findOrCreate(KeyPurpose.TICKET, this::make))
                .isInstanceOf(UnusableMasterKeyException.class);
    }

    private NewKey make() {
        made.incrementAndGet();
        return TicketKeys.make();
    }

    private PlatformKeys pod(int masterKeyByte) {
        return TestKeys.of(database, masterKeyByte);
    }
}
