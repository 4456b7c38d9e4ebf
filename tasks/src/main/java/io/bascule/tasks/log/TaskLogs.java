package io.bascule.tasks.log;

/** Where the attempts of a worker write their logs. Safe for use by many threads. */
public interface TaskLogs extends AutoCloseable {

    /** Keeps nothing. */
    TaskLogs NONE = new TaskLogs() {
        @Override
        public AttemptLog open(LogKey task, int attempt) {
            return AttemptLog.NONE;
        }

        @Override
        public void close() {}
    };

    /** The log of an attempt; costs nothing until something is said. */
    AttemptLog open(LogKey task, int attempt);

    @Override
    void close();
}
