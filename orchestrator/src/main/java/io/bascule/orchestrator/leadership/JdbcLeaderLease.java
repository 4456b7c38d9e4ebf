package io.bascule.orchestrator.leadership;

import java.time.Duration;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The lease as a row; works behind a pooler in transaction mode, where session locks would not. */
final class JdbcLeaderLease implements LeaderLease {

    private static final String NAME = "orchestrator";

    private static final String ACQUIRE = """
            insert into leader_leases as lease (name, holder, fence, held_until)
            values (:name, :holder, 1, clock_timestamp() + :length * interval '1 ms')
            on conflict (name) do update
            set fence = case when lease.holder = excluded.holder and lease.held_until > clock_timestamp()
                        then lease.fence else lease.fence + 1 end,
                holder = excluded.holder,
                held_until = excluded.held_until
            where lease.holder = excluded.holder or lease.held_until <= clock_timestamp()
            returning fence""";

    /** A shared lock: who wants to take over, or to prolong, waits for the end of the transaction. */
    private static final String HOLD =
            "select fence from leader_leases where name = :name and fence = :fence for share";

    private static final String RELEASE =
            "update leader_leases set held_until = '-infinity' where name = :name and holder = :holder";

    private final JdbcClient database;

    JdbcLeaderLease(JdbcClient database) {
        this.database = database;
    }

    @Override
    public OptionalLong acquire(String holder, Duration length) {
        return database.sql(ACQUIRE)
                .param("name", NAME)
                .param("holder", holder)
                .param("length", length.toMillis())
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    @Override
    public boolean hold(long fence) {
        return database.sql(HOLD)
                .param("name", NAME)
                .param("fence", fence)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    @Override
    public void release(String holder) {
        database.sql(RELEASE).param("name", NAME).param("holder", holder).update();
    }
}
