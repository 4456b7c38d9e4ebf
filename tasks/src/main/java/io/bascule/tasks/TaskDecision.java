package io.bascule.tasks;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is to be done about a command. */
public sealed interface TaskDecision {

    /** Give it to the worker that asked, under this attempt. */
    record Run(int attempt) implements TaskDecision {}

    /**
     * Keep it for a later attempt.
     *
     * @param state waiting or retrying
     * @param delay not before this time has passed; zero means at once
     * @param error the last attempt's, if it had one
     */
    record Postpone(
            TaskState state,
            Duration delay,
            int failures,
            int losses,
            @Nullable TaskError error) implements TaskDecision {}

    /** End it. */
    record Finish(
            TaskState state,
            int failures,
            int losses,
            @Nullable TaskError error) implements TaskDecision {}

    /** Ask its worker to stop it; the task ends when the worker says so. */
    record AskToStop() implements TaskDecision {}

    /** Change nothing. */
    record Ignore(Reason reason) implements TaskDecision {}

    /** Why a command changes nothing. */
    enum Reason {
        /** The command speaks of an attempt that is no longer the running one. */
        STALE_ATTEMPT,
        /** A task in this state cannot do that. */
        NOT_IN_THIS_STATE
    }
}
