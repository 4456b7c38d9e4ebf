package io.bascule.runner.jobs;

/** How a job ended. */
public sealed interface JobOutcome {

    /** The handler returned this JSON value. */
    record Succeeded(String output) implements JobOutcome {}

    /** The function's own error; the stack is in its own line numbers and may be empty. */
    record Failed(String name, String message, String stack) implements JobOutcome {}

    /** It was stopped at a limit, given in the kind's unit: ms, MiB, bytes or threads. */
    record HitLimit(LimitKind kind, long allowed) implements JobOutcome {}

    /** It was stopped because its caller wanted it to be. */
    record Cancelled() implements JobOutcome {}

    /** It was stopped through no fault of its own, and can run again elsewhere. */
    record Lost(String reason) implements JobOutcome {}

    /** Its bundle could not be made ready; when that is passing, it may be at another time. */
    record NotBuilt(String message, boolean passing) implements JobOutcome {}
}
