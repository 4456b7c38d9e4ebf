package io.bascule.bridge.legs;

import io.bascule.bridge.pairing.PairingRules;
import io.bascule.bridge.revocations.RevocationList;
import io.bascule.bridge.settings.BridgeIdentity;
import io.bascule.bridge.settings.BridgeSettings;
import io.bascule.tunnel.client.ticket.TicketKeys;
import io.bascule.tunnel.client.ticket.TicketReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LegsConfiguration {

    private static final Duration AGENT_WAIT = Duration.ofSeconds(10);
    private static final int LEGS_WHILE_PAIRINGS_OVERLAP = 4;
    private static final int UNCONFIRMED_CLOSED = 20_000;

    @Bean
    ClosedTunnels closedTunnels() {
        return new ClosedTunnels(UNCONFIRMED_CLOSED);
    }

    @Bean
    Migrations migrations(MeterRegistry registry) {
        return new Migrations(registry);
    }

    @Bean
    Faults faults(MeterRegistry registry) {
        return new Faults(registry);
    }

    @Bean
    TunnelContext tunnelContext(
            BridgeSettings settings,
            AgentCaller agents,
            ClosedTunnels closed,
            InstantSource clock,
            Migrations migrations,
            Faults faults) {
        return new TunnelContext(
                new PairingRules(AGENT_WAIT, settings.hold()),
                clock,
                agents,
                new BufferBudget(
                        settings.tunnelBuffer().toBytes(),
                        Runtime.getRuntime().maxMemory() / 100 * settings.totalBufferPercent()),
                new TunnelLedger(closed),
                migrations,
                faults);
    }

    @Bean
    Tunnels tunnels(TunnelContext context, BridgeSettings settings) {
        return new Tunnels(context, settings.maxTunnels());
    }

    @Bean
    OpenLegs openLegs(BridgeSettings settings, Faults faults, InstantSource clock) {
        return new OpenLegs(clock, LEGS_WHILE_PAIRINGS_OVERLAP * settings.maxTunnels() + 100, faults);
    }

    @Bean
    UsedTickets usedTickets(InstantSource clock) {
        return new UsedTickets(clock);
    }

    @Bean
    LegCalls legCalls(AttachLeg attachLeg, OpenLegs openLegs, Faults faults) {
        return new LegCalls(attachLeg, openLegs, faults);
    }

    @Bean
    RawLegs rawLegs(AttachLeg attachLeg, OpenLegs openLegs, Faults faults, TunnelContext context) {
        return new RawLegs(attachLeg, openLegs, faults, context.budget());
    }

    @Bean
    AttachLeg attachLeg(
            BridgeIdentity bridge,
            TicketKeys keys,
            RevocationList revocations,
            UsedTickets used,
            Tunnels tunnels,
            InstantSource clock) {
        return new AttachLeg(bridge, new TicketReader(keys, clock), revocations, used, tunnels);
    }

    @Bean
    Sweep sweep(Tunnels tunnels, OpenLegs openLegs, UsedTickets used) {
        return new Sweep(tunnels, openLegs, used);
    }

    @Bean
    MeterBinder tunnelMetrics(TunnelContext context) {
        return new TunnelMetrics(context);
    }
}
