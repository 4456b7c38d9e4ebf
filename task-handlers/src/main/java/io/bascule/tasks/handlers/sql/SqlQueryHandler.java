package io.bascule.tasks.handlers.sql;

import io.bascule.tasks.handlers.tunnel.TaskTunnel;
import io.bascule.tasks.handlers.tunnel.TaskTunnels;
import io.bascule.tasks.log.LogLevel;
import io.bascule.tasks.secret.SecretReferences;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskFailure;
import io.bascule.tasks.worker.TaskHandler;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future.State;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code sql.query}: runs one statement at a database server, reached as a resource through its tunnel; the resource's kind says how
 * the server is spoken to. An attempt that is stopped has the server stop the statement too.
 */
public final class SqlQueryHandler implements TaskHandler {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration TO_CANCEL = Duration.ofSeconds(5);
    private static final Duration TO_STOP = Duration.ofSeconds(15);

    private final TaskTunnels tunnels;
    private final List<SqlServer> servers;
    private final Duration toStop;

    /** @param servers of which each kind of resource has one at most */
    public SqlQueryHandler(TaskTunnels tunnels, List<SqlServer> servers) {
        this(tunnels, servers, TO_STOP);
    }

    /** @param toStop how long it may take in all to ask a server, over a connection of its own, to stop a statement */
    public SqlQueryHandler(TaskTunnels tunnels, List<SqlServer> servers, Duration toStop) {
        this.tunnels = tunnels;
        this.servers = List.copyOf(servers);
        this.toStop = toStop;
    }

    @Override
    public String type() {
        return "sql.query";
    }

    @Override
    public JsonNode run(TaskContext context) throws TaskFailure, InterruptedException {
        Map<String, String> secrets = context.secrets(SecretReferences.in(context.input()));
        SqlQuery query =
                SqlQuery.of(context.input(), secrets, context.remaining().orElse(LONGEST));
        context.log(query.describe());
        JsonNode answer = run(context, query);
        context.log(
                answer.path("updateCount").isNull()
                        ? "%d rows%s"
                                .formatted(
                                        answer.path("rows").size(),
                                        answer.path("truncated").asBoolean() ? ", cut" : "")
                        : "%d rows changed".formatted(answer.path("updateCount").asInt()));
        return answer;
    }

    /** The statement has a thread of its own: an interrupt of the thread that waits at its socket would only cut the line. */
    private JsonNode run(TaskContext context, SqlQuery query) throws TaskFailure, InterruptedException {
        try (TaskTunnel tunnel = tunnels.open(context, query.resource())) {
            SqlServer server = behind(tunnel, query);
            var run = new StatementRun(server, query, tunnel);
            var work = new FutureTask<>(run::run);
            Thread.ofVirtual().name("sql-" + context.task()).start(work);
            try {
                return work.get(query.bounds().time().plus(server.grace()).toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException failed) {
                throw explain(Objects.requireNonNull(failed.getCause()), server, query, tunnel);
            } catch (InterruptedException stopped) {
                stop(context, server, query, run, work);
                throw stopped;
            } catch (TimeoutException _) {
                stop(context, server, query, run, work);
                throw tooLong(server, query, work);
            } finally {
                // Interrupts its wait at the socket, which closes the connection.
                work.cancel(true);
            }
        }
    }

    private SqlServer behind(TaskTunnel tunnel, SqlQuery query) throws TaskFailure {
        return servers.stream()
                .filter(server -> server.kinds().contains(tunnel.kind()))
                .findFirst()
                .orElseThrow(() -> TaskFailure.forGood(
                        "not-a-database",
                        "Resource %s is of kind %s (expected: %s); make a resource of the kind of its database"
                                .formatted(
                                        query.resource(),
                                        tunnel.kind(),
                                        servers.stream()
                                                .flatMap(server -> server.kinds().stream())
                                                .sorted()
                                                .collect(Collectors.joining(", ")))));
    }

    /** The server may keep no time-out; where it has stopped the statement when it was asked to, it has said so. */
    private static TaskFailure tooLong(SqlServer server, SqlQuery query, FutureTask<JsonNode> work) {
        if (work.state() == State.FAILED) {
            Throwable failed = work.exceptionNow();
            if (failed instanceof TaskFailure said) {
                return said;
            }
            if (failed instanceof SQLException failure && !SqlServer.lost(failure)) {
                return server.explain(failure, query);
            }
        }
        long seconds = query.bounds().time().toSeconds();
        return query.readOnly()
                ? TaskFailure.retryable(
                        "statement-timeout",
                        "The statement and its rows took longer than %d s in all".formatted(seconds))
                : TaskFailure.forGood(
                        "sql-outcome-unknown",
                        "The statement took longer than %d s and was stopped: look whether its change was made"
                                .formatted(seconds));
    }

    private static TaskFailure explain(Throwable cause, SqlServer server, SqlQuery query, TaskTunnel tunnel)
            throws InterruptedException {
        return switch (cause) {
            case TaskFailure failure -> failure;
            case SQLException failure -> {
                TaskFailure explained = server.explain(failure, query);
                boolean lost = SqlServer.lost(failure) && explained.isRetryable();
                yield lost && tunnel.whyEnded().isPresent()
                        ? TaskFailure.retryable(
                                "resource-unreachable", tunnel.whyEnded().get())
                        : explained;
            }
            default -> throw new IllegalStateException("The statement could not be run", cause);
        };
    }

    /**
     * Asks over a second tunnel, since the first is busy. Unless the server hears it, the statement goes on to its time-out. A
     * connection's time-outs are those of each read, so that a server which sends a byte now and then would never be left: hence the
     * thread, and one deadline.
     */
    private void stop(
            TaskContext context, SqlServer server, SqlQuery query, StatementRun run, FutureTask<JsonNode> work)
            throws InterruptedException {
        if (run.session().isEmpty()) {
            return;
        }
        long session = run.session().get();
        try (TaskTunnel second = tunnels.open(context, query.resource())) {
            var asking = new FutureTask<>(() -> ask(server, query, second, session));
            Thread.ofVirtual().name("sql-stop-" + context.task()).start(asking);
            try {
                asking.get(toStop.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                asking.cancel(true);
            }
            awaitEnd(context, work);
        } catch (TaskFailure failure) {
            warn(context, failure.error().message());
        } catch (ExecutionException failed) {
            warn(
                    context,
                    failed.getCause() instanceof SQLException failure
                            ? server.explain(failure, query).error().message()
                            : String.valueOf(failed.getCause()));
        } catch (TimeoutException _) {
            warn(context, "it could not be asked within %d s".formatted(toStop.toSeconds()));
        }
    }

    private static @Nullable Void ask(SqlServer server, SqlQuery query, TaskTunnel second, long session)
            throws SQLException {
        try (Connection connection = server.connect(second, query.login(), TO_CANCEL)) {
            server.cancel(connection, session);
        }
        return null;
    }

    private static void awaitEnd(TaskContext context, FutureTask<JsonNode> work) throws InterruptedException {
        try {
            work.get(TO_CANCEL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException _) {
            context.log("The server has stopped the statement");
        } catch (TimeoutException _) {
            warn(context, "it goes on after %d s".formatted(TO_CANCEL.toSeconds()));
        }
    }

    private static void warn(TaskContext context, String why) {
        context.log(LogLevel.WARN, "The server did not stop the statement at once: " + why);
    }
}
