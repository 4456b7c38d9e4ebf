package io.bascule.api.events;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.bascule.events.CloudEvent;
import java.time.Instant;

/** A CloudEvent in the JSON form of its specification (structured mode). */
record EventView(
        String specversion,
        String id,
        String source,
        String type,
        String subject,
        Instant time,
        @JsonRawValue String data) {

    static EventView of(CloudEvent event) {
        return new EventView(
                "1.0", event.id(), CloudEvent.SOURCE, event.type(), event.subject(), event.time(), event.data());
    }
}
