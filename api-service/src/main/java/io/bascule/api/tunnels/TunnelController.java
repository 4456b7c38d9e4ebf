package io.bascule.api.tunnels;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.certificates.CertificateRequest;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tunnels of the caller's workspace. */
@RestController
@RequestMapping(path = "/api/{version}/tunnels", version = "1")
class TunnelController {

    private final OpenTunnel openTunnel;
    private final CloseTunnel closeTunnel;
    private final LiveTunnels live;

    TunnelController(OpenTunnel openTunnel, CloseTunnel closeTunnel, LiveTunnels live) {
        this.openTunnel = openTunnel;
        this.closeTunnel = closeTunnel;
        this.live = live;
    }

    /**
     * A tunnel to open.
     *
     * @param resource id or name
     * @param certificateSigningRequest PKCS#10 in PEM for a key made for this tunnel
     */
    record Open(@NotBlank String resource, @NotNull String certificateSigningRequest) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Open a tunnel to a resource")
    ResponseEntity<OpenedView> open(Caller caller, @Valid @RequestBody Open request) {
        CertificateRequest key = CertificateRequest.parse(request.certificateSigningRequest());
        OpenedTunnel opened = openTunnel.open(caller, request.resource(), key, null);
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(OpenedView.of(opened));
    }

    @GetMapping
    @Operation(summary = "List the live tunnels")
    ResponseEntity<Page<TunnelView>> list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        caller.require(Role.VIEWER);
        return live.list(caller.workspace(), PageRequest.of(limit, cursor))
                .map(TunnelView::of)
                .toResponse();
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Close a tunnel")
    void close(Caller caller, @PathVariable UUID id) {
        closeTunnel.close(caller, id);
    }
}
