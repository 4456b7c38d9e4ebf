package io.bascule.api.summary;

import io.bascule.api.agents.AgentState;
import java.util.Map;

/**
 * How much a workspace holds, as a front page shows it.
 *
 * @param hadTunnel whether anybody has ever opened a tunnel there
 */
record Summary(Agents agents, int resources, Schedules schedules, boolean hadTunnel) {

    /**
     * Agents that are not revoked.
     *
     * @param unknown have joined, and where they are cannot be read at the moment
     */
    record Agents(int online, int offline, int neverJoined, int unknown) {

        static Agents of(Map<AgentState, Integer> counts) {
            return new Agents(
                    counts.getOrDefault(AgentState.ONLINE, 0),
                    counts.getOrDefault(AgentState.OFFLINE, 0),
                    counts.getOrDefault(AgentState.NEVER_JOINED, 0),
                    counts.getOrDefault(AgentState.UNKNOWN, 0));
        }
    }

    /** Schedules that do their work, and those that somebody has paused. */
    record Schedules(int on, int paused) {}
}
