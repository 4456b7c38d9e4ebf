package io.bascule.api.webhooks;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.bascule.api.webhooks.JdbcDeliveries.Owner.OfWebhook;
import io.swagger.v3.oas.annotations.Operation;
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

    private final RequestDelivery requestDelivery;
    private final FindWebhook findWebhook;
    private final ListDeliveries listDeliveries;

    DeliveryController(RequestDelivery requestDelivery, FindWebhook findWebhook, ListDeliveries listDeliveries) {
        this.requestDelivery = requestDelivery;
        this.findWebhook = findWebhook;
        this.listDeliveries = listDeliveries;
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
        PageRequest request = PageRequest.of(limit, cursor);
        Webhook webhook = findWebhook.require(caller, idOrName);
        return listDeliveries.list(new OfWebhook(webhook.id()), state, request).toResponse();
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
}
