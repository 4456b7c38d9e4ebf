package io.bascule.tasks.handlers.sql;

import io.bascule.tasks.handlers.tunnel.TaskTunnel;
import io.bascule.tasks.handlers.tunnel.TaskTunnels;
import io.bascule.tasks.log.LogLevel;
import io.bascule.tasks.secret.SecretReferences;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskFailure;
import io.bascule.tasks.worker.TaskHandler;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * {@code sql.query}: runs one statement at a PostgreSQL server, reached as a resource through its tunnel. An attempt that is
 * stopped has the server stop the statement too.
 */
public final class SqlQueryHandler implements TaskHandler {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration TO_CANCEL = Duration.ofSeconds(5);

    /** For connecting, and for what lies between the statement's time and its end. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final TaskTunnels tunnels;
    private final Duration margin;

    public SqlQueryHandler(TaskTunnels tunnels) {
        this(tunnels, MARGIN);
    }

    SqlQueryHandler(TaskTunnels tunnels, Duration margin) {
        this.tunnels = tunnels;
        this.margin = margin;
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
            var run = new StatementRun(query, tunnel);
            var work = new FutureTask<>(run::run);
            Thread.ofVirtual().name("sql-" + context.task()).start(work);
            try {
                return work.get(query.bounds().time().plus(margin).toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException failed) {
                throw explain(Objects.requireNonNull(failed.getCause()), query, tunnel);
            } catch (InterruptedException stopped) {
                stop(context, query, run, work);
                throw stopped;
            } catch (TimeoutException _) {
                stop(context, query, run, work);
                throw tooLong(query);
            } finally {
                // Interrupts its wait at the socket, which closes the connection.
                work.cancel(true);
            }
        }
    }

    /** The server counts its time-out anew with each fetch, and may not keep it. */
    private static TaskFailure tooLong(SqlQuery query) {
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

    private static TaskFailure explain(Throwable cause, SqlQuery query, TaskTunnel tunnel) throws InterruptedException {
        return switch (cause) {
            case TaskFailure failure -> failure;
            case SQLException failure -> {
                TaskFailure explained = ExplainSql.explain(failure, query);
                boolean lost = ExplainSql.lostConnection(failure) && explained.isRetryable();
                yield lost && tunnel.whyEnded().isPresent()
                        ? TaskFailure.retryable(
                                "resource-unreachable", tunnel.whyEnded().get())
                        : explained;
            }
            default -> throw new IllegalStateException("The statement could not be run", cause);
        };
    }

    /** Asks over a second tunnel, since the first is busy. Unless the server hears it, the statement goes on to its time-out. */
    private void stop(TaskContext context, SqlQuery query, StatementRun run, FutureTask<JsonNode> work)
            throws InterruptedException {
        if (run.backend().isEmpty()) {
            return;
        }
        try (TaskTunnel second = tunnels.open(context, query.resource());
                Connection connection = SqlServer.connect(second, query.login(), TO_CANCEL);
                PreparedStatement cancel = connection.prepareStatement("select pg_cancel_backend(?)")) {
            cancel.setInt(1, run.backend().get());
            cancel.execute();
            work.get(TO_CANCEL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException _) {
            context.log("The server has stopped the statement");
        } catch (TaskFailure | SQLException | TimeoutException failure) {
            context.log(LogLevel.WARN, "The server did not stop the statement at once: " + failure.getMessage());
        }
    }
}
