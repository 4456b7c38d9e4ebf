package io.bascule.api.agents;

import java.util.UUID;

/** An agent was revoked, told in the transaction that does it: what it carries has to end. */
public record AgentRevoked(UUID agent) {}
