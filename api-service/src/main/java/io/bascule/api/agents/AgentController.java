package io.bascule.api.agents;

import io.bascule.api.agents.CreateJoinToken.Created;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.naming.Labels;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.net.URI;
import java.time.Instant;
import java.util.List;
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

/** Agents of the caller's workspace. */
@RestController
@RequestMapping(path = "/api/{version}/agents", version = "1")
class AgentController {

    private final CreateAgent createAgent;
    private final ReadAgents readAgents;
    private final RevokeAgent revokeAgent;
    private final CreateJoinToken createJoinToken;

    AgentController(
            CreateAgent createAgent, ReadAgents readAgents, RevokeAgent revokeAgent, CreateJoinToken createJoinToken) {
        this.createAgent = createAgent;
        this.readAgents = readAgents;
        this.revokeAgent = revokeAgent;
        this.createJoinToken = createJoinToken;
    }

    /** An agent to register. */
    record Create(
            @Nullable @Schema(requiredMode = RequiredMode.REQUIRED)
            String name,

            @Nullable Labels labels) {}

    /** How long a join token is good; an hour if not said. */
    record CreateToken(@Nullable Integer expiresInMinutes) {

        private static final int DEFAULT_MINUTES = 60;

        int minutes() {
            return expiresInMinutes == null ? DEFAULT_MINUTES : expiresInMinutes;
        }
    }

    /** A join token, shown this once. */
    record CreatedToken(String token, Instant expiresAt) {

        /** Never shows the token. */
        @Override
        public String toString() {
            return "CreatedToken[expiresAt=%s]".formatted(expiresAt);
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Name an agent that may join")
    ResponseEntity<AgentView> create(Caller caller, @RequestBody Create request) {
        Agent agent = createAgent.create(caller, NewAgent.of(request.name(), request.labels()));
        return ResponseEntity.created(URI.create("/api/v1/agents/" + agent.id()))
                .body(readAgents.view(agent));
    }

    @GetMapping
    @Operation(summary = "List the agents")
    ResponseEntity<Page<AgentView>> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(name = "label", required = false) @Nullable List<String> labels,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        caller.require(Role.VIEWER);
        return readAgents
                .list(caller.workspace(), AgentFilter.of(q, labels, state), PageRequest.of(limit, cursor))
                .toResponse();
    }

    @GetMapping("/{idOrName}")
    @Operation(summary = "Show an agent")
    AgentView get(Caller caller, @PathVariable String idOrName) {
        caller.require(Role.VIEWER);
        return readAgents.get(caller.workspace(), idOrName);
    }

    @DeleteMapping("/{idOrName}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Revoke an agent for good")
    void revoke(Caller caller, @PathVariable String idOrName) {
        revokeAgent.revoke(caller, idOrName);
    }

    @PostMapping("/{idOrName}/join-tokens")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Make a token with which the agent joins once")
    ResponseEntity<CreatedToken> createJoinToken(
            Caller caller,
            @PathVariable String idOrName,
            @RequestBody(required = false) @Nullable CreateToken request) {
        int minutes = (request == null ? new CreateToken(null) : request).minutes();
        Created created = createJoinToken.create(caller, idOrName, minutes);
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(new CreatedToken(created.token().text(), created.expiresAt()));
    }
}
