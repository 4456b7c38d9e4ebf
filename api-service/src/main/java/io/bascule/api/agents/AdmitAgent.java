package io.bascule.api.agents;

import io.bascule.api.agents.JoinAgent.Joined;
import io.bascule.api.bridges.BridgeAddress;
import io.bascule.api.bridges.BridgePresence;
import io.bascule.api.bridges.BridgeProblem;
import io.bascule.api.caller.RequestOrigin;
import io.bascule.api.certificates.CertificateRequest;
import java.util.List;
import org.springframework.stereotype.Component;

/** Lets an agent in that has a good join token. All that could fail for other reasons comes before the token is used up. */
@Component
class AdmitAgent {

    private final BridgePresence bridges;
    private final JoinAgent joinAgent;
    private final RefuseJoin refuseJoin;

    AdmitAgent(BridgePresence bridges, JoinAgent joinAgent, RefuseJoin refuseJoin) {
        this.bridges = bridges;
        this.joinAgent = joinAgent;
        this.refuseJoin = refuseJoin;
    }

    /** Refuses with {@code no-bridge} while there is none: an agent learns of bridges here and nowhere else. */
    Admitted admit(JoinToken token, String certificateSigningRequest, String version, RequestOrigin origin) {
        CertificateRequest request = CertificateRequest.parse(certificateSigningRequest);
        List<BridgeAddress> reachable = bridges.live().stream()
                .filter(bridge -> !bridge.draining())
                .map(BridgeAddress::of)
                .toList();
        if (reachable.isEmpty()) {
            throw BridgeProblem.noBridge("No bridge is up yet; the join token is still good");
        }
        Joined joined =
                joinAgent.join(token, request, version, origin).orElseThrow(() -> refuseJoin.refuse(token, origin));
        return new Admitted(joined, reachable);
    }

    /** An agent with its certificate, and the bridges it can dial. */
    record Admitted(Joined joined, List<BridgeAddress> bridges) {}
}
