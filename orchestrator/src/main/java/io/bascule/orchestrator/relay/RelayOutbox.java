package io.bascule.orchestrator.relay;

import io.bascule.events.CloudEvent;
import io.bascule.orchestrator.leadership.DeposedException;
import io.bascule.orchestrator.leadership.LeaderStep;
import java.time.Duration;
import java.util.List;

/**
 * Publishes what the outbox holds beyond the cursor, then moves the cursor. A crash in between publishes a batch again:
 * at least once, in commit order.
 */
final class RelayOutbox implements LeaderStep {

    private static final int BATCH = 500;

    private final Outbox outbox;
    private final EventPublisher publisher;

    RelayOutbox(Outbox outbox, EventPublisher publisher) {
        this.outbox = outbox;
        this.publisher = publisher;
    }

    @Override
    public String name() {
        return "relay-outbox";
    }

    @Override
    public Duration every() {
        return Duration.ofMillis(100);
    }

    @Override
    public boolean step(long fence) {
        Cursor cursor = outbox.cursor(fence).orElseThrow(() -> new DeposedException(fence));
        List<OutboxEvent> batch = outbox.after(cursor, BATCH);
        if (batch.isEmpty()) {
            return false;
        }
        publisher.publish(batch.stream().map(OutboxEvent::event).toList());
        if (!outbox.move(batch.getLast().position(), fence)) {
            throw new DeposedException(fence);
        }
        return batch.size() >= BATCH;
    }

    /** One row of the outbox and where it stands. */
    record OutboxEvent(Cursor position, CloudEvent event) {}
}
