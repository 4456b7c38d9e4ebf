package io.bascule.api.agents;

import io.bascule.api.agents.JoinAgent.Joined;
import io.bascule.api.bridges.BridgeAddress;
import io.bascule.api.caller.RequestOrigin;
import io.bascule.api.keys.TicketKeys;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where agents join; the only authentication is the join token. */
@RestController
@RequestMapping(path = "/api/{version}/agents:join", version = "1")
class JoinController {

    private final AdmitAgent admitAgent;
    private final TicketKeys ticketKeys;

    JoinController(AdmitAgent admitAgent, TicketKeys ticketKeys) {
        this.admitAgent = admitAgent;
        this.ticketKeys = ticketKeys;
    }

    /** An agent's request to join. */
    record Join(
            @NotNull @Size(max = 200) String joinToken,
            @NotNull String certificateSigningRequest,
            @Nullable @Size(max = 64) String version) {

        /** Never shows the token. */
        @Override
        public String toString() {
            return "Join[version=%s]".formatted(version);
        }
    }

    /** What an agent needs to dial bridges and to check tickets. */
    record Answer(
            JoinedAgent agent,
            String workspace,
            String certificate,
            String authorities,
            List<TicketKeys.Published> ticketKeys,
            List<BridgeAddress> bridges) {}

    /** Who the agent is from now on. */
    record JoinedAgent(UUID id, String name) {}

    @PostMapping
    @Operation(summary = "Join as an agent: trade a join token for a certificate")
    ResponseEntity<Answer> join(RequestOrigin origin, @Valid @RequestBody Join request) {
        AdmitAgent.Admitted admitted = admitAgent.admit(
                new JoinToken(request.joinToken()),
                request.certificateSigningRequest(),
                Objects.requireNonNullElse(request.version(), "unknown"),
                origin);
        Joined joined = admitted.joined();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Answer(
                        new JoinedAgent(joined.id(), joined.name()),
                        joined.workspace(),
                        joined.certificate().chain(),
                        joined.certificate().authorities(),
                        ticketKeys.published(),
                        admitted.bridges()));
    }
}
