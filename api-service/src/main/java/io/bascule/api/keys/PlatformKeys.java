package io.bascule.api.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The keys in the database. Kept in memory by those who use them. */
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
            return madeMeanwhile.isEmpty() ? List.of(insert(purpose, make.get(), Optional.empty())) : madeMeanwhile;
        });
    }

    /** The keys in use for a purpose, newest first. */
    public List<PlatformKey> find(KeyPurpose purpose) {
        return jdbc.sql("""
                        select id, public_part, encrypted_private_key, used_from, retired_at from platform_keys
                        where purpose = ? and (retired_at is null or retired_at > now())
                        order by created_at desc, id desc
                        """)
                .param(purpose.column())
                .query((row, _) -> read(purpose, row))
                .list();
    }

    /** Adds a key that will take the place of all those that there are. In the caller's transaction, under {@link #lock}. */
    public void replace(KeyPurpose purpose, NewKey next, Instant usedFrom, Instant othersRetireAt) {
        jdbc.sql("update platform_keys set retired_at = ? where purpose = ? and retired_at is null")
                .params(othersRetireAt.atOffset(ZoneOffset.UTC), purpose.column())
                .update();
        insert(purpose, next, Optional.of(usedFrom));
    }

    /** Held to the end of the transaction, so it also works behind a pooler that shares connections. */
    public void lock(KeyPurpose purpose) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("platform_keys/" + purpose.column())
                .query(row -> {});
    }

    private PlatformKey read(KeyPurpose purpose, ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        byte[] encoded = masterKey.open(row.getBytes("encrypted_private_key"), id);
        OffsetDateTime retiredAt = row.getObject("retired_at", OffsetDateTime.class);
        return new PlatformKey(
                id,
                row.getBytes("public_part"),
                decode(purpose, encoded),
                row.getObject("used_from", OffsetDateTime.class).toInstant(),
                retiredAt == null ? null : retiredAt.toInstant());
    }

    private static PrivateKey decode(KeyPurpose purpose, byte[] encoded) {
        try {
            return KeyFactory.getInstance(purpose.algorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A stored %s key is not readable".formatted(purpose.column()), e);
        }
    }

    private PlatformKey insert(KeyPurpose purpose, NewKey made, Optional<Instant> usedFrom) {
        UUID id = jdbc.sql("select uuidv7()").query(UUID.class).single();
        Instant from = jdbc.sql("""
                        insert into platform_keys
                            (id, purpose, public_part, encrypted_private_key, master_key_id, used_from)
                        values (:id, :purpose, :publicPart, :privateKey, :master, coalesce(:usedFrom, now()))
                        returning used_from
                        """)
                .param("id", id)
                .param("purpose", purpose.column())
                .param("publicPart", made.publicPart())
                .param("privateKey", masterKey.seal(made.privateKey().getEncoded(), id))
                .param("master", masterKey.id())
                .param(
                        "usedFrom",
                        usedFrom.map(time -> time.atOffset(ZoneOffset.UTC)).orElse(null),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
        return new PlatformKey(id, made.publicPart(), made.privateKey(), from, null);
    }
}
