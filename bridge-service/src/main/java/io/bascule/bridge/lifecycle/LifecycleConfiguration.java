package io.bascule.bridge.lifecycle;

import io.bascule.bridge.certificate.CertificateRenewal;
import io.bascule.bridge.control.Agents;
import io.bascule.bridge.legs.Migrations;
import io.bascule.bridge.legs.Tunnels;
import io.bascule.bridge.phase.CurrentPhase;
import io.bascule.bridge.reports.Reports;
import io.bascule.bridge.server.BridgeServer;
import io.bascule.bridge.settings.BridgeSettings;
import java.time.InstantSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LifecycleConfiguration {

    @Bean
    DrainBridge drainBridge(
            CurrentPhase phase,
            Tunnels tunnels,
            Migrations migrations,
            Agents agents,
            InstantSource clock,
            BridgeSettings settings) {
        return new DrainBridge(phase, tunnels, migrations, agents, clock, settings.drainBudget());
    }

    /** Says at {@code /health/ready} how far the leaving is; decides nothing there. */
    @Bean
    HealthIndicator drainHealthIndicator(DrainBridge drain) {
        return () -> Health.up().withDetail("state", drain.state()).build();
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
