package io.bascule.bridge.lifecycle;

import io.bascule.bridge.certificate.CertificateRenewal;
import io.bascule.bridge.control.Agents;
import io.bascule.bridge.legs.Tunnels;
import io.bascule.bridge.phase.CurrentPhase;
import io.bascule.bridge.reports.Reports;
import io.bascule.bridge.server.BridgeServer;
import io.bascule.bridge.settings.BridgeSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LifecycleConfiguration {

    @Bean
    DrainBridge drainBridge(CurrentPhase phase, Tunnels tunnels, Agents agents, BridgeSettings settings) {
        return new DrainBridge(phase, tunnels, agents, settings.drainBudget());
    }

    @Bean
    BridgeLifecycle bridgeLifecycle(
            BridgeServer server,
            CertificateRenewal certificate,
            Reports reports,
            DrainBridge drain,
            Agents agents,
            CurrentPhase phase) {
        return new BridgeLifecycle(server, certificate, reports, drain, agents, phase);
    }
}
