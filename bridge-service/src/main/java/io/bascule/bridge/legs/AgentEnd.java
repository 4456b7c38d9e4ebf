package io.bascule.bridge.legs;

import java.util.UUID;

/** Who may take the agent end, and the ticket to show it. */
record AgentEnd(UUID agent, String ticket) {

    @Override
    public String toString() {
        return "AgentEnd[agent=" + agent + "]";
    }
}
