package io.bascule.orchestrator.relay;

import io.bascule.events.CloudEvent;
import java.util.List;

/** Where events go. */
interface EventPublisher {

    /** Returns when every event is stored durably; throws when one is not, and any part may have been stored then. */
    void publish(List<CloudEvent> events);
}
