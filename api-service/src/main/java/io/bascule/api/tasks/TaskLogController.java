package io.bascule.api.tasks;

import io.bascule.api.caller.Caller;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What tasks say. */
@RestController
@RequestMapping(path = "/api/{version}/tasks/{id}/log", version = "1")
class TaskLogController {

    private final ReadTaskLog readTaskLog;
    private final FollowTaskLog followTaskLog;

    TaskLogController(ReadTaskLog readTaskLog, FollowTaskLog followTaskLog) {
        this.readTaskLog = readTaskLog;
        this.followTaskLog = followTaskLog;
    }

    @GetMapping
    @Operation(summary = "Read the log of a task, oldest line first, up to 1000 at once")
    ResponseEntity<Page<LogLineView>> read(
            Caller caller,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return readTaskLog
                .read(caller, id, PageRequest.of(limit, cursor, ReadTaskLog.LARGEST_PAGE))
                .toResponse();
    }

    /** {@code line} for each line, and {@code end} with the task's state, after which there is nothing more to come. */
    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(summary = "Follow the log of a task until it ends (server-sent events)")
    SseEmitter follow(
            Caller caller,
            @PathVariable UUID id,
            @RequestHeader(name = "Last-Event-ID", required = false) Optional<String> lastSeen)
            throws IOException {
        return followTaskLog.follow(caller, id, lastSeen);
    }
}
