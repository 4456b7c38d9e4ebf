package io.bascule.api.agents;

import io.bascule.api.caller.RequestOrigin;
import io.bascule.api.certificates.IssuedCertificate;
import io.bascule.api.keys.TicketKeys;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where agents renew their certificates; the only authentication is the key of the certificate that they still have. */
@RestController
@RequestMapping(path = "/api/{version}/agents:renew", version = "1")
class RenewController {

    private final RenewAgent renewAgent;
    private final TicketKeys ticketKeys;

    RenewController(RenewAgent renewAgent, TicketKeys ticketKeys) {
        this.renewAgent = renewAgent;
        this.ticketKeys = ticketKeys;
    }

    /** An agent's request; the signature is over {@code bascule-renew-1}, a line feed and the signing request. */
    record Renew(
            @NotNull String certificateSigningRequest,
            @NotNull String certificate,
            @NotNull @Size(max = 2048) String signature,
            @Nullable @Size(max = 64) String version) {

        RenewalRequest toRequest() {
            return new RenewalRequest(
                    certificateSigningRequest, certificate, signature, Objects.requireNonNullElse(version, "unknown"));
        }
    }

    /** What replaces what the agent got when it joined. */
    record Replacement(String certificate, String authorities, List<TicketKeys.Published> ticketKeys) {}

    @PostMapping
    @Operation(summary = "Renew an agent's certificate: trade the one it has for a new one")
    ResponseEntity<Replacement> renew(RequestOrigin origin, @Valid @RequestBody Renew request) {
        IssuedCertificate issued = renewAgent.renew(request.toRequest(), origin).require();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Replacement(issued.chain(), issued.authorities(), ticketKeys.published()));
    }
}
