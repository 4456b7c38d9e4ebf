package io.bascule.api.events;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
class EventController {

    private final StreamEvents stream;

    EventController(StreamEvents stream) {
        this.stream = stream;
    }

    /** Events of the caller's workspace as they happen. */
    @GetMapping(path = "/api/{version}/events", version = "1", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(summary = "Follow the events of the workspace (server-sent events)")
    SseEmitter events(Caller caller, @RequestHeader(name = "Last-Event-ID", required = false) Optional<String> lastSeen)
            throws IOException {
        caller.require(Role.VIEWER);
        return stream.to(caller.workspace(), lastSeen);
    }
}
