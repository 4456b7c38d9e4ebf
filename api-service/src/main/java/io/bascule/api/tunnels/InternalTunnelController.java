package io.bascule.api.tunnels;

import io.bascule.api.caller.CallerProblem;
import io.bascule.api.caller.RequestOrigin;
import io.bascule.api.certificates.CertificateRequest;
import io.bascule.api.identity.users.Membership;
import io.bascule.api.identity.users.Memberships;
import io.bascule.service.identity.ServiceCaller;
import io.bascule.service.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tunnels for workers, with the rights the task's submitter has now: a worker can reach nothing by itself. */
@RestController
@RequestMapping("/internal/tunnels")
class InternalTunnelController {

    private final OpenTunnel openTunnel;
    private final Memberships memberships;

    InternalTunnelController(OpenTunnel openTunnel, Memberships memberships) {
        this.openTunnel = openTunnel;
        this.memberships = memberships;
    }

    /** A tunnel that a task needs. */
    record Open(
            @NotNull UUID workspace,
            @NotBlank String resource,
            @NotNull @Valid OnBehalfOf onBehalfOf,
            @NotNull String certificateSigningRequest) {}

    /** Whose rights count, and for which task. */
    record OnBehalfOf(@NotNull UUID user, @NotNull UUID task) {}

    @PostMapping
    ResponseEntity<OpenedView> open(ServiceCaller caller, RequestOrigin origin, @Valid @RequestBody Open request) {
        caller.require("instant-worker", "queued-worker");
        CertificateRequest key = CertificateRequest.parse(request.certificateSigningRequest());
        OnBehalfOf behalf = request.onBehalfOf();
        Membership member = memberships
                .find(behalf.user(), request.workspace())
                .orElseThrow(() -> new ProblemException(
                        CallerProblem.FORBIDDEN, "The task's submitter is no member of its workspace any more"));
        OpenedTunnel opened = openTunnel.open(member.from(origin), request.resource(), key, behalf.task());
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(OpenedView.of(opened));
    }
}
