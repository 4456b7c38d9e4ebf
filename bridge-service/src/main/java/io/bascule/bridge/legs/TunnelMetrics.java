package io.bascule.bridge.legs;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** How many tunnels there are and how much they carried. */
record TunnelMetrics(TunnelContext context) implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        TunnelLedger ledger = context.ledger();
        Gauge.builder("bascule.bridge.tunnels", ledger, TunnelLedger::live)
                .description("Tunnels open here, or waiting for their agent")
                .register(registry);
        Gauge.builder("bascule.bridge.held", context.budget(), BufferBudget::held)
                .description("Bytes held for slow legs")
                .baseUnit("bytes")
                .register(registry);
        bytes(registry, ledger.traffic(), "client_to_agent", Traffic::fromClient);
        bytes(registry, ledger.traffic(), "agent_to_client", Traffic::fromAgent);
        legs(registry, ledger, "raw", TunnelLedger::pairedRaw);
        legs(registry, ledger, "grpc", TunnelLedger::pairedGrpc);
    }

    private static void legs(
            MeterRegistry registry, TunnelLedger ledger, String kind, ToDoubleFunction<TunnelLedger> count) {
        FunctionCounter.builder("bascule.bridge.legs.paired", ledger, count)
                .description("Legs that were paired, those included on which a tunnel goes on")
                .tag("kind", kind)
                .register(registry);
    }

    private static void bytes(
            MeterRegistry registry, Traffic traffic, String direction, ToDoubleFunction<Traffic> count) {
        FunctionCounter.builder("bascule.bridge.bytes", traffic, count)
                .description("Bytes that tunnels carried, without headers")
                .tag("direction", direction)
                .register(registry);
    }
}
