package io.bascule.api.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The keys in the database. Read at start and kept in memory by those who use them. */
@Component
public class PlatformKeys {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final MasterKey masterKey;

    PlatformKeys(JdbcClient jdbc, TransactionTemplate transaction, MasterKey masterKey) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.masterKey = masterKey;
    }

    /**
     * The keys in use for a purpose, newest first; never empty. Makes and stores the first one when there is none, under
     * a lock that all pods share, so that pods starting together end up with the same key.
     */
    public List<PlatformKey> findOrCreate(KeyPurpose purpose, Supplier<NewKey> make) {
        return transaction.execute(_ -> {
            List<PlatformKey> existing = find(purpose);
            if (!existing.isEmpty()) {
                return existing;
            }
            lock(purpose);
            List<PlatformKey> madeMeanwhile = find(purpose);
            return madeMeanwhile.isEmpty() ? List.of(insert(purpose, make.get())) : madeMeanwhile;
        });
    }

    /** Held to the end of the transaction, so it also works behind a pooler that shares connections. */
    private void lock(KeyPurpose purpose) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("platform_keys/" + purpose.column())
                .query(row -> {});
    }

    private List<PlatformKey> find(KeyPurpose purpose) {
        return jdbc.sql("""
                        select id, public_part, encrypted_private_key from platform_keys
                        where purpose = ? and retired_at is null
                        order by created_at desc, id desc
                        """)
                .param(purpose.column())
                .query((row, _) -> read(purpose, row))
                .list();
    }

    private PlatformKey read(KeyPurpose purpose, ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        byte[] encoded = masterKey.open(row.getBytes("encrypted_private_key"), id);
        return new PlatformKey(id, row.getBytes("public_part"), decode(purpose, encoded));
    }

    private static PrivateKey decode(KeyPurpose purpose, byte[] encoded) {
        try {
            return KeyFactory.getInstance(purpose.algorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A stored %s key is not readable".formatted(purpose.column()), e);
        }
    }

    private PlatformKey insert(KeyPurpose purpose, NewKey made) {
        UUID id = jdbc.sql("select uuidv7()").query(UUID.class).single();
        jdbc.sql("insert into platform_keys (id, purpose, public_part, encrypted_private_key, master_key_id)"
                        + " values (?, ?, ?, ?, ?)")
                .params(
                        id,
                        purpose.column(),
                        made.publicPart(),
                        masterKey.seal(made.privateKey().getEncoded(), id),
                        masterKey.id())
                .update();
        return new PlatformKey(id, made.publicPart(), made.privateKey());
    }
}
