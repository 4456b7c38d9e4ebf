package io.bascule.tasks.signal;

import io.bascule.tasks.Lane;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Hints between pods. Sending never blocks and never fails; a hint that cannot be sent is dropped. Listeners are called on a
 * thread of the implementation and must return quickly. Implementations are safe for use by many threads.
 */
public interface TaskSignals extends AutoCloseable {

    /** There is work in a lane. */
    void wake(Lane lane);

    /** A running task should stop. */
    void cancel(UUID task);

    /** Tasks have ended that somebody at this address waits for. */
    void finished(String replyTo, Collection<UUID> tasks);

    void onWake(Lane lane, Runnable listener);

    void onCancel(Consumer<UUID> listener);

    void onFinished(String replyTo, Consumer<UUID> listener);

    @Override
    void close();
}
