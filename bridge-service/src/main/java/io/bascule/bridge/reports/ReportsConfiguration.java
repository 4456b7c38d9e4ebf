package io.bascule.bridge.reports;

import io.bascule.bridge.control.Agents;
import io.bascule.bridge.control.BridgeDirectory;
import io.bascule.bridge.legs.ClosedTunnels;
import io.bascule.bridge.legs.Tunnels;
import io.bascule.bridge.phase.CurrentPhase;
import io.bascule.bridge.revocations.RevocationList;
import io.bascule.bridge.settings.BridgeIdentity;
import io.bascule.bridge.tickets.KeptTicketKeys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

@Configuration(proxyBeanMethods = false)
class ReportsConfiguration {

    @Bean
    ReportReceiver reportReceiver(RestClient internalApi, BridgeIdentity bridge) {
        return new HttpReportReceiver(internalApi, bridge.id());
    }

    @Bean
    BridgeContents bridgeContents(
            Agents agents, Tunnels tunnels, ClosedTunnels closed, CurrentPhase phase, RevocationList revocations) {
        return new BridgeContents(agents, tunnels, closed, phase, revocations);
    }

    @Bean
    ApplyAnswer applyAnswer(
            Tunnels tunnels, Agents agents, RevocationList revocations, BridgeDirectory bridges, KeptTicketKeys keys) {
        return new ApplyAnswer(tunnels, agents, revocations, bridges, keys);
    }

    @Bean
    Reports reports(BridgeIdentity bridge, BridgeContents contents, ReportReceiver receiver, ApplyAnswer answers) {
        return new Reports(new SendReport(bridge, contents, receiver, answers));
    }
}
