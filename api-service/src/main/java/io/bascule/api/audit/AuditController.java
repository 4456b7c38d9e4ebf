package io.bascule.api.audit;

import io.bascule.api.audit.ReadAuditEvents.Filter;
import io.bascule.api.caller.Caller;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit log of the caller's workspace. */
@RestController
@RequestMapping(path = "/api/{version}/audit-events", version = "1")
class AuditController {

    private final ReadAuditEvents readAuditEvents;

    AuditController(ReadAuditEvents readAuditEvents) {
        this.readAuditEvents = readAuditEvents;
    }

    @GetMapping
    @Operation(summary = "Read the audit log, newest first")
    ResponseEntity<Page<RecordedEvent>> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return readAuditEvents
                .read(caller, new Filter(action, actor), PageRequest.of(limit, cursor))
                .toResponse();
    }
}
