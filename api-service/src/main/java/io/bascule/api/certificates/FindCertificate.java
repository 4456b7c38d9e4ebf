package io.bascule.api.certificates;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks a certificate up among those that were issued. What is not there is not ours, whoever signed it. */
@Component
public class FindCertificate {

    private final JdbcClient jdbc;

    FindCertificate(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The record of an agent's certificate. */
    public Optional<Issued> ofAgent(PresentedCertificate presented) {
        return jdbc.sql("""
                        select subject, not_after, revoked_at is not null as revoked from certificates
                        where kind = 'agent' and thumbprint = ?
                        """).param(presented.thumbprint()).query(Issued::read).optional();
    }

    /**
     * What is known of an issued certificate.
     *
     * @param expiresAt good until then, unless it was revoked
     */
    public record Issued(UUID agent, Instant expiresAt, boolean revoked) {

        static Issued read(ResultSet row, int number) throws SQLException {
            return new Issued(
                    UUID.fromString(row.getString("subject")),
                    row.getObject("not_after", OffsetDateTime.class).toInstant(),
                    row.getBoolean("revoked"));
        }
    }
}
