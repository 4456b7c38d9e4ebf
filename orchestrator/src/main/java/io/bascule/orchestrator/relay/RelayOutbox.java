package io.bascule.orchestrator.relay;

import io.bascule.events.CloudEvent;
import io.bascule.orchestrator.leadership.DeposedException;
import io.bascule.orchestrator.leadership.LeaderStep;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Publishes what the outbox holds beyond the cursor, then moves the cursor. A crash in between publishes a batch again:
 * at least once, in commit order.
 */
final class RelayOutbox implements LeaderStep {

    private static final Logger log = LoggerFactory.getLogger(RelayOutbox.class);

    private static final int BATCH = 500;

    private final Outbox outbox;
    private final EventPublisher publisher;
    private long sharing;

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
        shareRows(fence);
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

    /** Once in a leadership; another step tries again where that would keep others waiting. */
    private void shareRows(long fence) {
        if (sharing == fence) {
            return;
        }
        try {
            outbox.shareRows();
            sharing = fence;
        } catch (DataAccessException busy) {
            log.debug("Rows of the outbox cannot be shared yet", busy);
        }
    }

    /** One row of the outbox and where it stands. */
    record OutboxEvent(Cursor position, CloudEvent event) {}
}
