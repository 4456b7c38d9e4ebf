package io.bascule.api.workspaces;

import io.bascule.api.caller.Caller;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The quota of the caller's workspace. */
@RestController
@RequestMapping(path = "/api/{version}/quota", version = "1")
class QuotaController {

    private final SetQuota setQuota;

    QuotaController(SetQuota setQuota) {
        this.setQuota = setQuota;
    }

    /**
     * What a workspace may run.
     *
     * @param queuedTasks so many queued tasks at once, over all queues; null for as many as the queues' limits allow
     * @param queuedTasksRunning how many run
     */
    record Quota(@Nullable Integer queuedTasks, int queuedTasksRunning) {}

    /** @param queuedTasks so many queued tasks at once, over all queues; left out or null for no quota */
    record WantedQuota(@Nullable @Min(1) @Max(100_000) Integer queuedTasks) {}

    @GetMapping
    @Operation(summary = "Show how many queued tasks the workspace may run at once")
    Quota get(Caller caller) {
        return setQuota.find(caller);
    }

    @PutMapping
    @Operation(summary = "Change how many queued tasks the workspace may run at once")
    Quota set(Caller caller, @Valid @RequestBody WantedQuota wanted) {
        return setQuota.set(caller, wanted.queuedTasks());
    }
}
