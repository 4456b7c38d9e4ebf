package io.bascule.tasks.handlers.sql.mysql;

import io.bascule.tasks.handlers.sql.ServerTls;
import io.bascule.tasks.handlers.sql.SqlQuery;
import io.bascule.tasks.handlers.sql.SqlQuery.Login;
import io.bascule.tasks.handlers.sql.SqlServer;
import io.bascule.tasks.handlers.tunnel.TaskTunnel;
import io.bascule.tasks.worker.TaskFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Driver;
import tools.jackson.databind.JsonNode;

/**
 * MySQL and MariaDB, by the driver of MariaDB. Statement and parameters are handed to the server as variables of the session, which
 * it prepares and executes: so it takes one statement only, parameters never become SQL, and answers come as the
 * server writes them (the protocol's text form) with and without parameters.
 */
public final class MySqlServer implements SqlServer {

    /** Those that prove a password without telling it, or tell it only where the line is encrypted. */
    private static final String LOGINS = "mysql_native_password,caching_sha2_password,client_ed25519,parsec";

    private static final int TO_CONNECT_MILLIS = 10_000;
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** MySQL itself stops only statements that read: changes are stopped from here. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final int UNPREPARABLE = 1295;

    /** What structures commit, and procedures can, is done whatever becomes of the transaction; these leave it to the commit. */
    private static final Pattern LEFT_TO_COMMIT =
            Pattern.compile("\\s*+(insert|update|delete|replace)\\b", Pattern.CASE_INSENSITIVE);

    @Override
    public Set<String> kinds() {
        return Set.of("mysql");
    }

    /** The URL has nothing of the task's in it, where a name could say more than a name. */
    @Override
    public Connection connect(TaskTunnel tunnel, Login login, Duration time) throws SQLException {
        ServerTls tls = login.tls();
        String url = "jdbc:mariadb://%s:%d/".formatted(tunnel.address().getHostAddress(), tunnel.port());
        return Driver.connect(Configuration.parse(url, formsOfTheProtocol(tls)).toBuilder()
                .database(login.database())
                .user(login.user())
                .password(login.password())
                .socketFactory(GuardedSockets.class.getName())
                .tlsSocketType(GuardedTls.TYPE)
                .sslMode(tls == null ? "disable" : "trust")
                .restrictedAuth(LOGINS)
                .connectTimeout(TO_CONNECT_MILLIS)
                .socketTimeout(Math.toIntExact(time.plus(MARGIN).toMillis()))
                .allowLocalInfile(false)
                .allowMultiQueries(false)
                .allowPublicKeyRetrieval(false)
                .permitRedirect(false)
                .tinyInt1isBit(false)
                .yearIsDateType(false)
                .useServerPrepStmts(false)
                .disablePipeline(true)
                .jdbcCompliantTruncation(false)
                .dumpQueriesOnException(false)
                .build());
    }

    /** Those that {@link Conversation} reads, and what {@link GuardedSockets} is told. */
    private static Properties formsOfTheProtocol(@Nullable ServerTls tls) {
        var forms = new Properties();
        forms.setProperty("deprecateEof", "false");
        forms.setProperty("extendedTypeInfo", "false");
        forms.setProperty("enableBulkUnitResult", "false");
        forms.setProperty("disableSessionTracking", "true");
        if (tls != null) {
            forms.setProperty(GuardedSockets.TLS, tls.text());
        }
        return forms;
    }

    @Override
    public long begin(Connection connection, SqlQuery query) throws SQLException, TaskFailure {
        if (query.readOnly()) {
            ReadOnly.require(query.statement());
        }
        boolean mariaDb = connection.getMetaData().getDatabaseProductName().contains("MariaDB");
        long millis = Math.max(1, query.bounds().time().toMillis());
        String bound = mariaDb
                ? "max_statement_time = %d.%03d".formatted(millis / 1000, millis % 1000)
                : "sql_quote_show_create = 1 /*!50708 , max_execution_time = %d */".formatted(millis);
        try (Statement settings = plain(connection)) {
            settings.execute("set session time_zone = '+00:00', sql_select_limit = %d, %s"
                    .formatted(query.bounds().rows() + 1L, bound));
            if (query.readOnly()) {
                // Also for whatever a statement might get to run after its transaction.
                settings.execute("set session transaction read only");
            }
            settings.execute(query.readOnly() ? "start transaction read only" : "start transaction");
            try (ResultSet number = settings.executeQuery("select connection_id()")) {
                number.next();
                return number.getLong(1);
            }
        }
    }

    @Override
    public Statement execute(Connection connection, SqlQuery query) throws SQLException, TaskFailure {
        Statement statement = plain(connection);
        try {
            // One at a time: a row may be as large as a worker can bear.
            statement.setFetchSize(1);
            statement.execute(Literals.variables(query));
            run(statement, query);
            return statement;
        } catch (SQLException | TaskFailure failure) {
            statement.close();
            throw failure;
        }
    }

    private static void run(Statement statement, SqlQuery query) throws SQLException, TaskFailure {
        try {
            statement.execute("prepare bascule from @bascule_statement");
        } catch (SQLException refused) {
            if (refused.getErrorCode() != UNPREPARABLE) {
                throw refused;
            }
            if (!query.parameters().isEmpty()) {
                throw TaskFailure.forGood(
                        "parameters-mismatch",
                        "The server takes no parameters in a statement of this kind; write its values into it");
            }
            statement.execute(Literals.UNPREPARED + query.statement(), Statement.RETURN_GENERATED_KEYS);
            return;
        }
        statement.execute(Literals.execution(query), Statement.RETURN_GENERATED_KEYS);
    }

    /** Statements in which the driver changes nothing. */
    private static Statement plain(Connection connection) throws SQLException {
        Statement statement = connection.createStatement();
        statement.setEscapeProcessing(false);
        return statement;
    }

    @Override
    public JsonNode value(ResultSet found, int column, String type) throws SQLException {
        return Values.value(found, column, type);
    }

    @Override
    public Optional<String> madeKey(Statement executed) throws SQLException {
        try (ResultSet keys = executed.getGeneratedKeys()) {
            return keys.next() ? Optional.ofNullable(keys.getString(1)) : Optional.empty();
        }
    }

    /** The rest of the rows would have to be read before anything else can be said. */
    @Override
    public void leave(Connection connection) throws SQLException {
        connection.abort(Runnable::run);
    }

    @Override
    public void cancel(Connection connection, long other) throws SQLException {
        try (Statement kill = plain(connection)) {
            kill.execute("kill query " + other);
        }
    }

    @Override
    public Duration grace() {
        return GRACE;
    }

    @Override
    public boolean mayHaveCommitted(SQLException failure, SqlQuery query) {
        return ExplainMySql.cutOff(failure)
                && !LEFT_TO_COMMIT.matcher(query.statement()).lookingAt();
    }

    @Override
    public TaskFailure explain(SQLException failure, SqlQuery query) {
        return ExplainMySql.explain(failure, query);
    }
}
