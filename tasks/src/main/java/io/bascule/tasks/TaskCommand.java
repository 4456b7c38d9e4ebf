package io.bascule.tasks;

/** What is asked of a task that is not at its end, or of a failed one. */
public sealed interface TaskCommand {

    TaskEvent event();

    /** Its time has come. */
    record BecomeDue() implements TaskCommand {
        @Override
        public TaskEvent event() {
            return TaskEvent.BECOME_DUE;
        }
    }

    /** A worker takes it. */
    record Claim() implements TaskCommand {
        @Override
        public TaskEvent event() {
            return TaskEvent.CLAIM;
        }
    }

    /** The attempt's handler returned. */
    record Succeed(int attempt) implements TaskCommand {
        @Override
        public TaskEvent event() {
            return TaskEvent.SUCCEED;
        }
    }

    /** The attempt's handler failed. */
    record Fail(int attempt, TaskError error, boolean retryable) implements TaskCommand {
        @Override
        public TaskEvent event() {
            return TaskEvent.FAIL;
        }
    }

    /** The attempt's worker cannot finish it, through no fault of the task. */
    record HandBack(int attempt) implements TaskCommand {
        @Override
        public TaskEvent event() {
            return TaskEvent.HAND_BACK;
        }
    }

    /**
     * The attempt's worker has not been heard of for longer than its lease.
     *
     * @param begun whether it is known that its handler was called
     */
    record Lose(int attempt, boolean begun) implements TaskCommand {
        @Override
        public TaskEvent event() {
            return TaskEvent.LOSE;
        }
    }

    /** Somebody wants it to end. */
    record Cancel() implements TaskCommand {
        @Override
        public TaskEvent event() {
            return TaskEvent.CANCEL;
        }
    }

    /** The attempt's handler stopped because the task was cancelled. */
    record Stopped(int attempt) implements TaskCommand {
        @Override
        public TaskEvent event() {
            return TaskEvent.CANCEL;
        }
    }

    /** Its deadline has passed; a running attempt was stopped before this is asked. */
    record Expire() implements TaskCommand {
        @Override
        public TaskEvent event() {
            return TaskEvent.EXPIRE;
        }
    }

    /** Somebody wants a failed task to run again. */
    record Retry() implements TaskCommand {
        @Override
        public TaskEvent event() {
            return TaskEvent.RETRY;
        }
    }
}
