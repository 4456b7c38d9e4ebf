package io.bascule.api.events;

import io.bascule.events.CloudEvent;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** One who watches a workspace: a bounded queue between the feed, which never waits, and a thread that writes. */
final class Watcher {

    private static final int CAPACITY = 512;

    /** What to write next. */
    sealed interface Signal {

        /** What is written from here on comes after this event: who loses the stream before the first one goes on here. */
        record Begins(String after) implements Signal {}

        record Happened(CloudEvent event) implements Signal {}

        /** Events were lost for this watcher: it should read again what it shows. */
        record Missed() implements Signal {}

        /** Nothing happened for a while. */
        record Quiet() implements Signal {}
    }

    private final UUID workspace;
    private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(CAPACITY);

    Watcher(UUID workspace) {
        this.workspace = workspace;
    }

    void begins(CloudEvent after) {
        signals.offer(new Signal.Begins(after.id()));
    }

    boolean sees(CloudEvent event) {
        return workspace.equals(event.workspace());
    }

    /** Never waits: a watcher that is too slow starts afresh with the news that it missed something. */
    void offer(CloudEvent event) {
        if (!signals.offer(new Signal.Happened(event))) {
            signals.clear();
            missed();
        }
    }

    void missed() {
        signals.offer(new Signal.Missed());
    }

    Signal next(Duration patience) throws InterruptedException {
        Signal signal = signals.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        return signal == null ? new Signal.Quiet() : signal;
    }
}
