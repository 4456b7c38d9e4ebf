package io.bascule.api.tasks;

import io.bascule.api.caller.Caller;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Many tasks in one request. */
@RestController
@RequestMapping(path = "/api/{version}/tasks:batch", version = "1")
class TaskBatchController {

    private final AcceptBatch acceptBatch;

    TaskBatchController(AcceptBatch acceptBatch) {
        this.acceptBatch = acceptBatch;
    }

    @PostMapping
    @Operation(summary = "Submit up to 1,000 tasks in one transaction; answers with a task or a problem for each")
    BatchView submit(
            Caller caller,
            @Valid @RequestBody BatchRequest batch,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        return acceptBatch.accept(caller, batch, IdempotencyKey.of(key, batch));
    }
}
