package io.bascule.bridge.control;

import java.util.UUID;

/** One running agent program; the agent's id comes from its certificate, the instance from its hello. */
public record AgentInstance(UUID agent, String instance) {}
