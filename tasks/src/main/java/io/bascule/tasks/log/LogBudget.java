package io.bascule.tasks.log;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of lines may wait in this process to be written, for all attempts together. */
final class LogBudget {

    /** What a line costs beside its text. */
    static final int LINE = 64;

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    LogBudget(long most) {
        this.most = most;
    }

    boolean take(int bytes) {
        long now = taken.addAndGet(bytes);
        if (now <= most) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    void giveBack(int bytes) {
        taken.addAndGet(-bytes);
    }
}
