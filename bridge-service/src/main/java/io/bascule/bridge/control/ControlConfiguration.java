package io.bascule.bridge.control;

import io.bascule.bridge.legs.AgentCaller;
import io.bascule.bridge.legs.Tunnels;
import io.bascule.bridge.revocations.RevocationList;
import io.bascule.bridge.settings.BridgeIdentity;
import io.bascule.bridge.settings.BridgeSettings;
import io.bascule.protocol.tunnel.v1.BridgeAddress;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ControlConfiguration {

    @Bean
    Agents agents() {
        return new Agents();
    }

    @Bean
    AgentCaller agentCaller(Agents agents) {
        return new CallAgent(agents);
    }

    @Bean
    BridgeDirectory bridgeDirectory(Agents agents, BridgeIdentity bridge) {
        return new BridgeDirectory(
                agents,
                BridgeAddress.newBuilder()
                        .setId(bridge.id())
                        .setAddress(bridge.address())
                        .setAuthority(bridge.authority())
                        .build());
    }

    @Bean
    OpenStreams openStreams(BridgeSettings settings) {
        return new OpenStreams(settings.maxAgents());
    }

    @Bean
    ControlCalls controlCalls(
            OpenStreams streams,
            BridgeIdentity bridge,
            RevocationList revocations,
            Agents agents,
            BridgeDirectory directory,
            Tunnels tunnels) {
        return new ControlCalls(streams, new Welcoming(bridge.id(), revocations, agents, directory), agents, tunnels);
    }

    @Bean
    KeepAlive keepAlive(OpenStreams streams) {
        return new KeepAlive(streams);
    }

    @Bean
    MeterBinder agentMetrics(Agents agents) {
        return registry -> Gauge.builder("bascule.bridge.agents", agents, Agents::count)
                .description("Agent instances connected here")
                .register(registry);
    }
}
