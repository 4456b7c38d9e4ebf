package io.bascule.api.certificates;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Marks certificates as revoked, in the caller's transaction. */
@Component
public class RevokeCertificates {

    private final JdbcClient jdbc;
    private final InstantSource clock;

    RevokeCertificates(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public void ofAgent(UUID agent) {
        jdbc.sql("update certificates set revoked_at = ? where kind = 'agent' and subject = ? and revoked_at is null")
                .params(clock.instant().atOffset(ZoneOffset.UTC), agent.toString())
                .update();
    }
}
