package io.bascule.tasks.worker;

import io.bascule.tasks.TaskError;

/** The work cannot be done; the message is shown to whoever submitted the task. */
public class TaskFailure extends Exception {

    private final transient TaskError error;
    private final boolean retryable;

    private TaskFailure(String code, String message, boolean retryable) {
        super(message);
        this.error = new TaskError(code, message);
        this.retryable = retryable;
    }

    /** Trying again may help, if the retry policy allows it. */
    public static TaskFailure retryable(String code, String message) {
        return new TaskFailure(code, message, true);
    }

    /** Trying again would fail again. */
    public static TaskFailure forGood(String code, String message) {
        return new TaskFailure(code, message, false);
    }

    public TaskError error() {
        return error;
    }

    public boolean isRetryable() {
        return retryable;
    }
}
