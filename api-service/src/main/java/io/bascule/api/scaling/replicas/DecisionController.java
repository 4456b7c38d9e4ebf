package io.bascule.api.scaling.replicas;

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

/** What the platform's own autoscalers decided. */
@RestController
@RequestMapping(path = "/api/{version}/scaling/decisions", version = "1")
class DecisionController {

    private final ReadDecisions readDecisions;

    DecisionController(ReadDecisions readDecisions) {
        this.readDecisions = readDecisions;
    }

    @GetMapping
    @Operation(summary = "List changes of desired numbers of pods, newest first")
    ResponseEntity<Page<DecisionView>> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String component,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return readDecisions
                .read(caller, component, PageRequest.of(limit, cursor))
                .toResponse();
    }
}
