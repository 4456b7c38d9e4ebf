package io.bascule.api.webhooks;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.bascule.api.webhooks.CreateWebhook.Created;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Webhooks of the caller's workspace. */
@RestController
@RequestMapping(path = "/api/{version}/webhooks", version = "1")
class WebhookController {

    private final CreateWebhook createWebhook;
    private final ChangeWebhook changeWebhook;
    private final RotateSecret rotateSecret;
    private final FindWebhook findWebhook;
    private final JdbcWebhooks webhooks;

    WebhookController(
            CreateWebhook createWebhook,
            ChangeWebhook changeWebhook,
            RotateSecret rotateSecret,
            FindWebhook findWebhook,
            JdbcWebhooks webhooks) {
        this.createWebhook = createWebhook;
        this.changeWebhook = changeWebhook;
        this.rotateSecret = rotateSecret;
        this.findWebhook = findWebhook;
        this.webhooks = webhooks;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Send events of the workspace to an address; the answer shows the signing secret once")
    ResponseEntity<WebhookView> create(Caller caller, @Valid @RequestBody WantedWebhook wanted) {
        Created created = createWebhook.create(caller, wanted);
        return ResponseEntity.created(
                        URI.create("/api/v1/webhooks/" + created.webhook().id()))
                .eTag(FindWebhook.revision(created.webhook()).entityTag())
                .body(WebhookView.of(created));
    }

    @GetMapping
    @Operation(summary = "List the webhooks")
    ResponseEntity<Page<WebhookView>> list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        caller.require(Role.VIEWER);
        PageRequest request = PageRequest.of(limit, cursor);
        var found = webhooks.list(caller.workspace(), request.position().orElse(""), request.fetch());
        return Page.cut(found, request, Webhook::name).map(WebhookView::of).toResponse();
    }

    @GetMapping("/{idOrName}")
    @Operation(summary = "Show a webhook")
    ResponseEntity<WebhookView> get(Caller caller, @PathVariable String idOrName) {
        caller.require(Role.VIEWER);
        return answer(findWebhook.require(caller, idOrName));
    }

    @PutMapping("/{idOrName}")
    @Operation(summary = "Change a webhook, or enable one that was disabled")
    ResponseEntity<WebhookView> change(
            Caller caller,
            @PathVariable String idOrName,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody WantedWebhook wanted) {
        return answer(changeWebhook.change(caller, idOrName, ifMatch, wanted));
    }

    @DeleteMapping("/{idOrName}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove a webhook and its deliveries")
    void delete(
            Caller caller,
            @PathVariable String idOrName,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        changeWebhook.delete(caller, idOrName, ifMatch);
    }

    @PostMapping("/{idOrName}:rotateSecret")
    @Operation(summary = "Give a webhook a new signing secret, which the answer shows once")
    ResponseEntity<WebhookView> rotate(
            Caller caller,
            @PathVariable String idOrName,
            @Valid @RequestBody(required = false) @Nullable WantedRotation wanted) {
        Created rotated = rotateSecret.rotate(caller, idOrName, WantedRotation.overlap(wanted));
        return ResponseEntity.ok()
                .eTag(FindWebhook.revision(rotated.webhook()).entityTag())
                .body(WebhookView.of(rotated));
    }

    private static ResponseEntity<WebhookView> answer(Webhook webhook) {
        return ResponseEntity.ok()
                .eTag(FindWebhook.revision(webhook).entityTag())
                .body(WebhookView.of(webhook));
    }
}
