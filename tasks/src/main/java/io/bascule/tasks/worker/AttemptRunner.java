package io.bascule.tasks.worker;

import io.bascule.storage.StorageException;
import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Standing;
import io.bascule.tasks.TaskCommand;
import io.bascule.tasks.TaskDecision;
import io.bascule.tasks.TaskError;
import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.log.LogLevel;
import io.bascule.tasks.object.LargeResults;
import io.bascule.tasks.store.Settled;
import io.bascule.tasks.store.Settlement;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Runs an attempt's handler and turns what came of it into a settlement. */
final class AttemptRunner {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptRunner.class);

    private final Map<String, TaskHandler> handlers;
    private final TaskLifecycle lifecycle;
    private final LargeResults largeResults;
    private final WorkerListener listener;

    AttemptRunner(
            Map<String, TaskHandler> handlers,
            TaskLifecycle lifecycle,
            LargeResults largeResults,
            WorkerListener listener) {
        this.handlers = Map.copyOf(handlers);
        this.lifecycle = lifecycle;
        this.largeResults = largeResults;
        this.listener = listener;
    }

    /** Runs the handler on this thread; nothing comes of an attempt that was lost. */
    @Nullable
    Settlement run(Attempt attempt) {
        attempt.begin();
        Outcome outcome = call(attempt);
        attempt.end();
        StopReason stop = attempt.stopReason();
        tell(attempt, outcome, stop);
        if (stop == StopReason.LOST) {
            return null;
        }
        TaskCommand command = command(attempt, outcome, stop);
        boolean cancelled = stop == StopReason.CANCELLED;
        TaskDecision decision = lifecycle.decide(standing(attempt, cancelled), command, now(attempt, stop));
        return new Settlement(attempt.task(), attempt.attempt(), decision, outcome.result(), outcome.storedBytes());
    }

    /** What becomes of an attempt that was never begun. */
    Settlement handBack(Attempt attempt) {
        TaskDecision decision = lifecycle.decide(
                standing(attempt, attempt.stopReason() == StopReason.CANCELLED),
                new TaskCommand.HandBack(attempt.attempt()),
                attempt.databaseTime());
        return new Settlement(attempt.task(), attempt.attempt(), decision, null);
    }

    /** What becomes of a claimed task that this worker cannot even start. */
    Settlement notStarted(ClaimedTask task, Throwable failure) {
        var error = new TaskError("not-started", "The worker could not start it: " + failure);
        TaskDecision decision =
                lifecycle.decide(task.standing(), new TaskCommand.Fail(task.attempt(), error, true), task.claimedAt());
        return new Settlement(task.id(), task.attempt(), decision, null);
    }

    /** What becomes of an attempt whose handler goes on although it was stopped. */
    Settlement abandon(Attempt attempt, StopReason stop) {
        LOG.warn(
                "the handler {} of task {} goes on although it was stopped; its slot is taken until it returns",
                attempt.claimed().type(),
                attempt.task());
        attempt.log(LogLevel.WARN, "The handler goes on although it was stopped; what it does now counts for nothing.");
        Outcome outcome = failed(new TaskError("not-stopped", "The handler did not stop"), false);
        tell(attempt, outcome, stop);
        TaskCommand command = command(attempt, outcome, stop);
        TaskDecision decision =
                lifecycle.decide(standing(attempt, stop == StopReason.CANCELLED), command, now(attempt, stop));
        return new Settlement(attempt.task(), attempt.attempt(), decision, null);
    }

    /** The log's last words, stored before the attempt is settled: whoever sees the end can read all of it. */
    private static void tell(Attempt attempt, Outcome outcome, @Nullable StopReason stop) {
        TaskError error = outcome.error();
        if (error != null) {
            attempt.log(LogLevel.ERROR, stop == null ? "%s: %s".formatted(error.code(), error.message()) : told(stop));
        }
        attempt.log().finish();
    }

    private static String told(StopReason stop) {
        return switch (stop) {
            case CANCELLED -> "Cancelled.";
            case DEADLINE -> "Stopped: its deadline has passed.";
            case HANDED_BACK -> "Its worker stops; another one takes it.";
            case LOST -> "Its worker was taken for lost; another one has it now.";
        };
    }

    /** The timer that stopped it counts as well as the clock. */
    private static Instant now(Attempt attempt, @Nullable StopReason stop) {
        Instant now = attempt.databaseTime();
        Instant deadline = attempt.claimed().standing().deadline();
        return stop == StopReason.DEADLINE && deadline != null && now.isBefore(deadline) ? deadline : now;
    }

    /** Tells the listener how the attempt ended. */
    void ended(Attempt attempt, Settled settled) {
        String outcome = switch (settled) {
            case Settled.Finished finished -> finished.state().word();
            case Settled.Postponed postponed -> postponed.state().word();
            case Settled.Stale _ -> StopReason.LOST.name().toLowerCase(Locale.ROOT);
        };
        listener.ended(
                attempt.claimed(), outcome, Duration.between(attempt.claimed().claimedAt(), attempt.databaseTime()));
    }

    /** The outermost catch: whatever a handler throws ends its attempt and nothing else. */
    private Outcome call(Attempt attempt) {
        try {
            listener.started(
                    attempt.claimed(),
                    Duration.between(
                            attempt.claimed().runAt(), attempt.claimed().claimedAt()));
            TaskHandler handler = handlers.get(attempt.claimed().type());
            if (handler == null) {
                throw TaskFailure.retryable(
                        "no-handler",
                        "This worker has no handler for " + attempt.claimed().type());
            }
            @Nullable JsonNode result = handler.run(attempt);
            return succeeded(attempt, result == null ? NullNode.getInstance() : result);
        } catch (TaskFailure failure) {
            return failed(masked(attempt, failure.error()), failure.isRetryable());
        } catch (InterruptedException stopped) {
            return failed(new TaskError("interrupted", "The handler was interrupted"), true);
        } catch (Exception failure) {
            return unexpected(attempt, failure);
        } catch (Error failure) {
            // Of memory, of the stack, of a class: if the process cannot go on it will end, and the task be taken over;
            // if it
            // can, an attempt that nobody ends would be renewed for ever.
            return unexpected(attempt, failure);
        }
    }

    private static Outcome unexpected(Attempt attempt, Throwable failure) {
        if (!attempt.stopping()) {
            LOG.warn("the handler of task {} failed: {}", attempt.task(), masked(attempt, failure));
        }
        return failed(masked(attempt, new TaskError("handler-error", failure.toString())), true);
    }

    /** The words of exceptions are the handler's: what is secret to the task is secret to the worker's log. */
    private static String masked(Attempt attempt, Throwable failure) {
        var stack = new StringWriter();
        failure.printStackTrace(new PrintWriter(stack, true));
        return attempt.log().masked(stack.toString());
    }

    private static TaskError masked(Attempt attempt, TaskError error) {
        return new TaskError(error.code(), attempt.log().masked(error.message()));
    }

    /** The object comes before the row that tells of it: a result that a row names is always there. */
    private Outcome succeeded(Attempt attempt, JsonNode result) {
        String json = result.toString();
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= LargeResults.INLINE) {
            return new Outcome(json, 0, null, false);
        }
        if (bytes.length > largeResults.mostBytes()) {
            String detail = "The result is larger than %,d bytes".formatted(largeResults.mostBytes());
            return failed(new TaskError("result-too-large", detail), false);
        }
        try {
            largeResults.put(attempt.workspace(), attempt.task(), attempt.attempt(), bytes);
            return new Outcome(null, bytes.length, null, false);
        } catch (StorageException away) {
            LOG.warn("the result of task {} cannot be stored: {}", attempt.task(), away.getMessage());
            return failed(new TaskError("result-not-stored", "The object storage did not take the result"), true);
        }
    }

    private static Outcome failed(TaskError error, boolean retryable) {
        return new Outcome(null, 0, error, retryable);
    }

    /** A handler that finished in spite of being stopped has finished. */
    private static TaskCommand command(Attempt attempt, Outcome outcome, @Nullable StopReason stop) {
        int number = attempt.attempt();
        if (outcome.error() == null) {
            return new TaskCommand.Succeed(number);
        }
        if (stop == null) {
            return new TaskCommand.Fail(number, outcome.error(), outcome.retryable());
        }
        return switch (stop) {
            case CANCELLED -> new TaskCommand.Stopped(number);
            case DEADLINE -> new TaskCommand.Expire();
            case HANDED_BACK, LOST -> new TaskCommand.HandBack(number);
        };
    }

    private static Standing standing(Attempt attempt, boolean cancelled) {
        Standing claimed = attempt.claimed().standing();
        return new Standing(
                TaskState.RUNNING,
                claimed.attempt(),
                claimed.failures(),
                claimed.losses(),
                claimed.retry(),
                claimed.deadline(),
                claimed.cancelRequested() || cancelled);
    }

    private record Outcome(
            @Nullable String result,
            long storedBytes,
            @Nullable TaskError error,
            boolean retryable) {}
}
