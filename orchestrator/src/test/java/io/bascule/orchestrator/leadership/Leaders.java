package io.bascule.orchestrator.leadership;

import java.time.Duration;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Pods that lead one after the other, for the tests of what leaders do. */
public final class Leaders {

    private final JdbcClient database;

    public Leaders(JdbcClient database) {
        this.database = database;
    }

    /** A pod that leads from now on, whoever did before. */
    public Leadership next(String pod) {
        database.sql("update leader_leases set held_until = '-infinity'").update();
        var leadership =
                new Leadership(new JdbcLeaderLease(database), Duration.ofMinutes(5), pod, InstantSource.system());
        leadership.renew();
        return leadership;
    }
}
