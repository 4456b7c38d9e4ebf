package io.bascule.bridge.legs;

import java.util.UUID;

/** Reaches the agents that are connected to this bridge. */
public interface AgentCaller {

    /**
     * Asks one connected instance of the agent to attach its end; does not wait for it.
     *
     * @return whether there was one to ask
     */
    boolean call(UUID agent, Call call);

    /**
     * Asks every connected instance of the agent; does not wait for them.
     *
     * @return how many there were to ask
     */
    int callAll(UUID agent, Call call);

    /**
     * The pairing that the agent is to join.
     *
     * @param raw whether the client came over a raw leg
     */
    record Call(UUID tunnel, long epoch, String ticket, boolean raw) {

        @Override
        public String toString() {
            return "Call[tunnel=" + tunnel + ", epoch=" + epoch + "]";
        }
    }
}
