package io.bascule.tasks.signal;

import io.bascule.tasks.Lane;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Hints between pods. Sending never blocks and never fails; a hint that cannot be sent is dropped. Listeners are called on a
 * thread of the implementation and must return quickly. Implementations are safe for use by many threads.
 */
public interface TaskSignals extends AutoCloseable {

    /** There may be work for all workers of a lane. */
    default void wake(Lane lane) {
        wake(lane, Integer.MAX_VALUE);
    }

    /** So many tasks of a lane may start that could not before. */
    void wake(Lane lane, int tasks);

    /** Tasks of these workspaces may start in the instant lane that could not before. */
    void wakeFor(Set<UUID> workspaces);

    /** Tasks may start that could not before: the lane of each. */
    default void wake(Stream<Lane> tasks) {
        tasks.collect(Collectors.groupingBy(Function.identity(), Collectors.summingInt(_ -> 1)))
                .forEach(this::wake);
    }

    /** A running task should stop. */
    void cancel(UUID task);

    /** Tasks have ended that somebody at this address waits for. */
    void finished(String replyTo, Collection<UUID> tasks);

    /** Listens for work until closed; in a lane whose hints are shared out only for those that it asks for. */
    Hints onWake(Lane lane, HintListener listener);

    void onCancel(Consumer<UUID> listener);

    void onFinished(String replyTo, Consumer<UUID> listener);

    @Override
    void close();
}
