package io.bascule.api.bridges;

import io.bascule.api.bridges.FollowBridge.Followed;
import io.bascule.api.caller.RequestOrigin;
import io.bascule.api.certificates.CertificateRequest;
import io.bascule.api.certificates.IssuedCertificate;
import io.bascule.api.keys.TicketKeys;
import io.bascule.service.identity.ServiceCaller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What bridges call. */
@RestController
@RequestMapping("/internal/bridges/{id}")
class BridgeController {

    private static final String BRIDGE_SERVICE = "bridge-service";

    private final CertifyBridge certifyBridge;
    private final FollowBridge followBridge;
    private final BridgePresence bridges;
    private final TicketKeys ticketKeys;

    BridgeController(
            CertifyBridge certifyBridge, FollowBridge followBridge, BridgePresence bridges, TicketKeys ticketKeys) {
        this.certifyBridge = certifyBridge;
        this.followBridge = followBridge;
        this.bridges = bridges;
        this.ticketKeys = ticketKeys;
    }

    /** A bridge's request for a certificate. */
    record Certify(
            @NotNull String certificateSigningRequest,
            @NotNull String authority) {}

    /** A bridge's certificate, in PEM. */
    record Certified(String certificate, String authorities) {}

    /**
     * The answer to a report.
     *
     * @param close tunnels to close, repeated until they are reported as closed
     * @param disconnect agents that were revoked
     * @param revocations that the bridge may not know; null while they cannot be read
     * @param bridges those that are up and stay; all that are up if none stays
     */
    record Answer(
            boolean resync,
            List<CarriedTunnels.Closing> close,
            List<UUID> disconnect,
            @Nullable List<CarriedTunnels.Revocation> revocations,
            List<BridgeAddress> bridges,
            List<TicketKeys.Published> ticketKeys) {}

    @PostMapping("/certificates")
    Certified certify(
            ServiceCaller caller, RequestOrigin origin, @PathVariable String id, @Valid @RequestBody Certify request) {
        caller.require(BRIDGE_SERVICE);
        CheckReport.check(id, request.authority());
        CertificateRequest key = CertificateRequest.parse(request.certificateSigningRequest());
        IssuedCertificate issued = certifyBridge.certify(id, request.authority(), key, origin);
        return new Certified(issued.chain(), issued.authorities());
    }

    @PostMapping("/reports")
    Answer report(
            ServiceCaller caller, RequestOrigin origin, @PathVariable String id, @RequestBody BridgeReport report) {
        caller.require(BRIDGE_SERVICE);
        CheckReport.check(id, report);
        Followed followed = followBridge.follow(id, report, origin);
        return new Answer(
                followed.resync(),
                followed.close(),
                followed.disconnect(),
                followed.revocations(),
                staying(bridges.live()),
                ticketKeys.published());
    }

    private static List<BridgeAddress> staying(List<Bridge> live) {
        List<Bridge> staying =
                live.stream().filter(bridge -> !bridge.draining()).toList();
        return (staying.isEmpty() ? live : staying)
                .stream().map(BridgeAddress::of).toList();
    }
}
