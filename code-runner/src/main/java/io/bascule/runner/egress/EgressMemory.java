package io.bascule.runner.egress;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the exchanges of all jobs may hold together. It is taken before anything is allocated, so that what
 * functions announce decides who is refused and never whether the runner lives. Safe for use by many threads.
 */
final class EgressMemory {

    private final long most;
    private final AtomicLong held = new AtomicLong();

    /** At most that many bytes. */
    EgressMemory(long most) {
        this.most = most;
    }

    /** Takes that many bytes until the result is closed; empty when they are not there now. */
    Optional<Share> take(long bytes) {
        long before = held.getAndUpdate(now -> bytes > most - now ? now : now + bytes);
        return bytes > most - before ? Optional.empty() : Optional.of(new Share(bytes));
    }

    long heldBytes() {
        return held.get();
    }

    /** What somebody holds; closing it a second time does nothing. */
    final class Share implements AutoCloseable {

        private final long bytes;
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Share(long bytes) {
            this.bytes = bytes;
        }

        @Override
        public void close() {
            if (open.getAndSet(false)) {
                held.addAndGet(-bytes);
            }
        }
    }
}
