package io.bascule.api.summary;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How much the caller's workspace holds. */
@RestController
@RequestMapping(path = "/api/{version}/summary", version = "1")
class SummaryController {

    private final ReadSummary readSummary;

    SummaryController(ReadSummary readSummary) {
        this.readSummary = readSummary;
    }

    @GetMapping
    @Operation(summary = "Count agents, resources and schedules")
    Summary read(Caller caller) {
        caller.require(Role.VIEWER);
        return readSummary.read(caller.workspace());
    }
}
