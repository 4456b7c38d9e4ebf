package io.bascule.tasks.handlers.sql;

import io.bascule.tasks.handlers.sql.SqlQuery.Login;
import io.bascule.tasks.handlers.tunnel.TaskTunnel;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * Connects to the server at the far end of a tunnel. The driver knows of no TLS: what the server says must be seen in plain before the
 * driver reads it, so the encryption that a task may ask for is done below.
 */
final class SqlServer {

    private static final String TO_CONNECT_SECONDS = "10";
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** Of what one fetch may bring; a larger row ends the statement instead of the worker. */
    static final String LARGEST_FETCH = "16M";

    private SqlServer() {}

    /** @param time for what is going to be asked; a server that is silent for longer has gone */
    static Connection connect(TaskTunnel tunnel, Login login, Duration time) throws SQLException {
        var settings = new Properties();
        settings.setProperty("user", login.user());
        settings.setProperty("password", login.password());
        settings.setProperty("ApplicationName", "bascule");
        settings.setProperty("connectTimeout", TO_CONNECT_SECONDS);
        settings.setProperty("socketTimeout", Long.toString(time.plus(MARGIN).toSeconds()));
        settings.setProperty("sslmode", "disable");
        settings.setProperty("socketFactory", GuardedSockets.class.getName());
        ServerTls tls = login.tls();
        settings.setProperty("socketFactoryArg", tls == null ? "" : tls.text());
        settings.setProperty("gssEncMode", "disable");
        settings.setProperty("prepareThreshold", "0");
        settings.setProperty("binaryTransfer", "false");
        settings.setProperty("logServerErrorDetail", "false");
        settings.setProperty("maxResultBuffer", LARGEST_FETCH);
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s"
                        .formatted(
                                tunnel.address().getHostAddress(),
                                tunnel.port(),
                                URLEncoder.encode(login.database(), StandardCharsets.UTF_8)),
                settings);
    }
}
