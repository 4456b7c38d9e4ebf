package io.bascule.api.resources;

import io.bascule.api.naming.Labels;
import java.util.UUID;

/**
 * Where a tunnel to a resource ends.
 *
 * @param host as the agent sees it
 * @param agentRevoked whether the agent can carry nothing any more
 */
public record ResourceTarget(
        UUID id,
        String name,
        ResourceKind kind,
        String host,
        int port,
        Labels labels,
        UUID agent,
        String agentName,
        boolean agentRevoked) {}
