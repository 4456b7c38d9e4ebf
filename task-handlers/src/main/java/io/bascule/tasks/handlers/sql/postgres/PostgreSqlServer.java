package io.bascule.tasks.handlers.sql.postgres;

import io.bascule.tasks.handlers.sql.ServerTls;
import io.bascule.tasks.handlers.sql.SqlAnswer;
import io.bascule.tasks.handlers.sql.SqlQuery;
import io.bascule.tasks.handlers.sql.SqlQuery.Login;
import io.bascule.tasks.handlers.sql.SqlServer;
import io.bascule.tasks.handlers.tunnel.TaskTunnel;
import io.bascule.tasks.worker.TaskFailure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Query;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/**
 * PostgreSQL. The driver knows of no TLS: what the server says must be seen in plain before the driver reads it, so the encryption
 * that a task may ask for is done below.
 */
public final class PostgreSqlServer implements SqlServer {

    private static final String TO_CONNECT_SECONDS = "10";
    private static final Duration MARGIN = Duration.ofSeconds(10);
    private static final int MOST_ROWS_A_FETCH = 50;

    /** The server counts its time-out anew with each fetch. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** Of what one fetch may bring; a larger row ends the statement instead of the worker. */
    static final String LARGEST_FETCH = "16M";

    private final Duration grace;

    public PostgreSqlServer() {
        this(GRACE);
    }

    PostgreSqlServer(Duration grace) {
        this.grace = grace;
    }

    /** Behind tcp, too: the kind that resources had before they had that of a database. */
    @Override
    public Set<String> kinds() {
        return Set.of("postgres", "tcp");
    }

    @Override
    public Connection connect(TaskTunnel tunnel, Login login, Duration time) throws SQLException {
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

    /**
     * The transaction's first statement takes the transaction's snapshot, after which PostgreSQL lets nobody turn a
     * read-only transaction into another one.
     */
    @Override
    public long begin(Connection connection, SqlQuery query) throws SQLException {
        connection.setAutoCommit(false);
        connection.setReadOnly(query.readOnly());
        String sql =
                "select pg_backend_pid(), set_config('statement_timeout', ?, true), set_config('TimeZone', 'UTC', true),"
                        + " set_config('client_min_messages', 'error', true)";
        try (PreparedStatement settings = connection.prepareStatement(sql)) {
            settings.setString(
                    1, Long.toString(Math.max(1, query.bounds().time().toMillis())));
            try (ResultSet row = settings.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    @Override
    public Statement execute(Connection connection, SqlQuery query) throws SQLException, TaskFailure {
        require(connection, query);
        PreparedStatement statement = connection.prepareStatement(query.statement());
        try {
            for (int index = 0; index < query.parameters().size(); index++) {
                JsonNode parameter = query.parameters().get(index);
                statement.setObject(index + 1, SqlQuery.text(parameter), Types.OTHER);
            }
            int rows = query.bounds().rows() + 1;
            statement.setMaxRows(rows);
            statement.setFetchSize(Math.min(rows, MOST_ROWS_A_FETCH));
            statement.execute();
            return statement;
        } catch (SQLException failure) {
            statement.close();
            throw failure;
        }
    }

    /**
     * As the driver reads it. It would send several statements one by one, of which one could end the transaction; what it
     * takes for one goes as one, and the server refuses more in it.
     */
    private static void require(Connection connection, SqlQuery query) throws SQLException, TaskFailure {
        Query read = connection.unwrap(BaseConnection.class).createQuery(query.statement(), true, true).query;
        if (read.getSubqueries() != null) {
            throw TaskFailure.forGood(
                    "several-statements",
                    "Send one statement; several take a task each, or a function of the database");
        }
        int places = read.createParameterList().getParameterCount();
        if (places != query.parameters().size()) {
            throw TaskFailure.forGood(
                    "parameters-mismatch",
                    "The statement has %d places (?) and there are %d parameters; a question mark that is none is written ??"
                            .formatted(places, query.parameters().size()));
        }
    }

    @Override
    public JsonNode value(ResultSet found, int column, String type) throws SQLException {
        String text = found.getString(column);
        if (text == null) {
            return NullNode.getInstance();
        }
        return switch (type) {
            case "bool" -> BooleanNode.valueOf(found.getBoolean(column));
            case "int2", "int4" -> IntNode.valueOf(found.getInt(column));
            case "float4", "float8" -> SqlAnswer.finite(text);
            case "json", "jsonb" -> SqlAnswer.json(text);
            case "bytea" -> BinaryNode.valueOf(found.getBytes(column));
            default -> StringNode.valueOf(text);
        };
    }

    /** Rows are fetched as they are read: there is no rest under way. */
    @Override
    public void leave(Connection connection) {}

    @Override
    public void cancel(Connection connection, long other) throws SQLException {
        try (PreparedStatement cancel = connection.prepareStatement("select pg_cancel_backend(?)")) {
            cancel.setInt(1, Math.toIntExact(other));
            cancel.execute();
        }
    }

    @Override
    public Duration grace() {
        return grace;
    }

    @Override
    public TaskFailure explain(SQLException failure, SqlQuery query) {
        return ExplainPostgreSql.explain(failure, query);
    }
}
