package io.bascule.bridge.legs;

import java.util.UUID;

/** Each agent is connected once, and will come. */
final class WillingAgents implements AgentCaller {

    @Override
    public boolean call(UUID agent, Call call) {
        return true;
    }

    @Override
    public int callAll(UUID agent, Call call) {
        return 1;
    }
}
