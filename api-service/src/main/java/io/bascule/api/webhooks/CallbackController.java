package io.bascule.api.webhooks;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.bascule.api.webhooks.FindCallback.CallbackView;
import io.bascule.api.webhooks.JdbcDeliveries.Owner.OfCallbacks;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Callbacks of the tasks of the caller's workspace. */
@RestController
@RequestMapping(path = "/api/{version}", version = "1")
class CallbackController {

    private final RotateCallbackSecret rotateSecret;
    private final FindCallback findCallback;
    private final RedeliverCallback redeliverCallback;
    private final ListDeliveries listDeliveries;

    CallbackController(
            RotateCallbackSecret rotateSecret,
            FindCallback findCallback,
            RedeliverCallback redeliverCallback,
            ListDeliveries listDeliveries) {
        this.rotateSecret = rotateSecret;
        this.findCallback = findCallback;
        this.redeliverCallback = redeliverCallback;
        this.listDeliveries = listDeliveries;
    }

    @GetMapping("/tasks/{id}/callback")
    @Operation(summary = "Show where a task tells of its end, and what became of it")
    CallbackView ofTask(Caller caller, @PathVariable UUID id) {
        return findCallback.ofTask(caller, id);
    }

    @GetMapping("/callbacks/secret")
    @Operation(summary = "Say since when the secret signs that callbacks are signed with")
    CallbackSecretView secret(Caller caller) {
        return findCallback.secret(caller);
    }

    @PostMapping("/callbacks:rotateSecret")
    @Operation(summary = "Make the secret that signs callbacks, the first or a new one; the answer shows it once")
    CallbackSecretView rotate(Caller caller, @Valid @RequestBody(required = false) @Nullable WantedRotation wanted) {
        return rotateSecret.rotate(caller, WantedRotation.overlap(wanted));
    }

    @GetMapping("/callbacks/deliveries")
    @Operation(summary = "List the deliveries of callbacks, newest first")
    ResponseEntity<Page<Delivery>> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        caller.require(Role.VIEWER);
        return listDeliveries
                .list(new OfCallbacks(caller.workspace()), state, PageRequest.of(limit, cursor))
                .toResponse();
    }

    @GetMapping("/callbacks/deliveries/{delivery}")
    @Operation(summary = "Show a delivery of a callback")
    Delivery get(Caller caller, @PathVariable String delivery) {
        return findCallback.delivery(caller, delivery);
    }

    @PostMapping("/callbacks/deliveries/{delivery}:redeliver")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Tell of a task's end again, whatever became of the delivery")
    Delivery redeliver(Caller caller, @PathVariable String delivery) {
        return redeliverCallback.redeliver(caller, delivery);
    }
}
