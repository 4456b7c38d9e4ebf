package io.bascule.api.webhooks;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.naming.Names;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Deliveries of a webhook. */
@RestController
@RequestMapping(path = "/api/{version}/webhooks", version = "1")
class DeliveryController {

    private static final Set<String> STATES = Set.of("waiting", "sending", "delivered", "failed");

    private final RequestDelivery requestDelivery;
    private final FindWebhook findWebhook;
    private final JdbcDeliveries deliveries;

    DeliveryController(RequestDelivery requestDelivery, FindWebhook findWebhook, JdbcDeliveries deliveries) {
        this.requestDelivery = requestDelivery;
        this.findWebhook = findWebhook;
        this.deliveries = deliveries;
    }

    @GetMapping("/{idOrName}/deliveries")
    @Operation(summary = "List a webhook's deliveries, newest first")
    ResponseEntity<Page<Delivery>> list(
            Caller caller,
            @PathVariable String idOrName,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        caller.require(Role.VIEWER);
        if (state != null && !STATES.contains(state)) {
            throw invalid(
                    "/state",
                    "state: %s (expected one of: waiting, sending, delivered, failed)".formatted(Names.shown(state)));
        }
        PageRequest request = PageRequest.of(limit, cursor);
        UUID before = request.position().map(DeliveryController::position).orElse(null);
        Webhook webhook = findWebhook.require(caller, idOrName);
        var found = deliveries.list(webhook.id(), state, before, request.fetch());
        return Page.cut(found, request, delivery -> delivery.id().toString()).toResponse();
    }

    @GetMapping("/{idOrName}/deliveries/{delivery}")
    @Operation(summary = "Show a delivery")
    Delivery get(Caller caller, @PathVariable String idOrName, @PathVariable String delivery) {
        caller.require(Role.VIEWER);
        return requestDelivery.require(findWebhook.require(caller, idOrName), delivery);
    }

    @PostMapping("/{idOrName}/deliveries/{delivery}:redeliver")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Send an event again, whatever became of its delivery")
    Delivery redeliver(Caller caller, @PathVariable String idOrName, @PathVariable String delivery) {
        return requestDelivery.again(caller, idOrName, delivery);
    }

    @PostMapping("/{idOrName}:test")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Send an event that only says that the webhook works")
    Delivery test(Caller caller, @PathVariable String idOrName) {
        return requestDelivery.ping(caller, idOrName);
    }

    private static UUID position(String cursor) {
        return Names.asId(cursor)
                .orElseThrow(() -> invalid("/cursor", "cursor: take it from the `next` of the page before, unchanged"));
    }

    private static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(CommonProblem.INVALID_INPUT, detail, List.of(new FieldProblem(pointer, detail)));
    }
}
