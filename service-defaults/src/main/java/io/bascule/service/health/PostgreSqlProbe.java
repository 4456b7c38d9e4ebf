package io.bascule.service.health;

import java.sql.SQLException;
import javax.sql.DataSource;

/** PostgreSQL answers when a pooled connection can be had and is valid. */
record PostgreSqlProbe(DataSource dataSource) implements StoreProbe {

    private static final int TIMEOUT_SECONDS = 2;

    @Override
    public String store() {
        return "postgresql";
    }

    @Override
    public void probe() throws SQLException {
        try (var connection = dataSource.getConnection()) {
            if (!connection.isValid(TIMEOUT_SECONDS)) {
                throw new SQLException("the connection is not valid");
            }
        }
    }
}
