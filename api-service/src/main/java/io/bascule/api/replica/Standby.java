package io.bascule.api.replica;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The connections to the replica. They are in no bean of type {@code DataSource}: all else goes to the primary, and must not find two.
 * It need not be there when this is made.
 *
 * @param transaction read-only
 */
record Standby(HikariDataSource pool, JdbcClient database, TransactionTemplate transaction) implements AutoCloseable {

    private static final Duration TO_CONNECT = Duration.ofSeconds(1);
    private static final Duration MARGIN = Duration.ofSeconds(5);

    static Standby of(ReplicaProperties properties, DataSourceProperties primary) {
        var settings = new HikariConfig();
        settings.setPoolName("replica");
        settings.setJdbcUrl(properties.url());
        settings.setUsername(properties.username() == null ? primary.determineUsername() : properties.username());
        settings.setPassword(properties.password() == null ? primary.determinePassword() : properties.password());
        // One for the watch, which must not take a busy replica for one that does not answer.
        settings.setMaximumPoolSize(properties.connections() + 1);
        settings.setMinimumIdle(1);
        settings.setReadOnly(true);
        settings.setConnectionTimeout(TO_CONNECT.toMillis());
        settings.setValidationTimeout(TO_CONNECT.toMillis() / 2);
        settings.setInitializationFailTimeout(-1);
        settings.addDataSourceProperty("tcpKeepAlive", "true");
        settings.addDataSourceProperty("connectTimeout", Long.toString(TO_CONNECT.toSeconds()));
        settings.addDataSourceProperty(
                "socketTimeout", Long.toString(properties.timeout().plus(MARGIN).toSeconds()));
        var pool = new HikariDataSource(settings);
        var transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
        transaction.setReadOnly(true);
        return new Standby(pool, JdbcClient.create(pool), transaction);
    }

    @Override
    public void close() {
        pool.close();
    }
}
