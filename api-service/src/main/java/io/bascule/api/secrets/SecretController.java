package io.bascule.api.secrets;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
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

/** Secrets of the caller's workspace, whose values can be set and not read. */
@RestController
@RequestMapping(path = "/api/{version}", version = "1")
class SecretController {

    private final PutSecret putSecret;
    private final DeleteSecret deleteSecret;
    private final RotateKey rotateKey;
    private final JdbcSecrets secrets;

    SecretController(PutSecret putSecret, DeleteSecret deleteSecret, RotateKey rotateKey, JdbcSecrets secrets) {
        this.putSecret = putSecret;
        this.deleteSecret = deleteSecret;
        this.rotateKey = rotateKey;
        this.secrets = secrets;
    }

    /** @param secrets how many are under the new key */
    record Rotated(int secrets) {}

    @GetMapping("/secrets")
    @Operation(summary = "List the secrets, without their values")
    ResponseEntity<Page<SecretView>> list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        caller.require(Role.VIEWER);
        PageRequest request = PageRequest.of(limit, cursor);
        var found = secrets.list(caller.workspace(), request.position().orElse(""), request.fetch());
        return Page.cut(found, request, Secret::name).map(SecretView::of).toResponse();
    }

    @GetMapping("/secrets/{name}")
    @Operation(summary = "Show a secret, without its value")
    ResponseEntity<SecretView> get(Caller caller, @PathVariable String name) {
        caller.require(Role.VIEWER);
        Secret secret = secrets.find(caller.workspace(), name)
                .orElseThrow(() -> SecretProblem.unknown(caller.workspaceName(), name));
        return ResponseEntity.ok().eTag(secret.revision().entityTag()).body(SecretView.of(secret));
    }

    /** 201 when it is new; a secret that is there already takes an If-Match. */
    @PutMapping("/secrets/{name}")
    @Operation(summary = "Make a secret, or give it a new value")
    ResponseEntity<SecretView> put(
            Caller caller,
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody WantedSecret wanted) {
        Secret secret = putSecret.put(caller, name, ifMatch, wanted);
        var answer = secret.version() == 1
                ? ResponseEntity.created(URI.create("/api/v1/secrets/" + secret.name()))
                : ResponseEntity.ok();
        return answer.eTag(secret.revision().entityTag()).body(SecretView.of(secret));
    }

    @DeleteMapping("/secrets/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove a secret")
    void delete(
            Caller caller,
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        deleteSecret.delete(caller, name, ifMatch);
    }

    @PostMapping("/secrets:rotate-key")
    @Operation(summary = "Seal the workspace's secrets anew under a new key")
    Rotated rotateKey(Caller caller) {
        return new Rotated(rotateKey.rotate(caller));
    }
}
