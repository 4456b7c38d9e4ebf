package io.bascule.agent.tunnels;

import io.bascule.tunnel.ResetCode;

/** Why the agent does not come; the client is told both. */
public record Refusal(ResetCode code, String text) {}
