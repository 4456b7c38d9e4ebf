package io.bascule.runner.egress;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts what jobs send and receive, and how their requests end. Safe for use by many threads. */
final class EgressMetrics {

    private static final String ANSWERED = "answered";
    private static final String OPENED = "opened";

    private final MeterRegistry registry;
    private final Counter bytes;

    EgressMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.bytes = Counter.builder("custom.code.runner.egress.bytes")
                .description("Bytes that jobs sent and received, as their limit counts them")
                .register(registry);
        requests(ANSWERED);
        connections(OPENED);
    }

    void passed(long more) {
        bytes.increment((double) more);
    }

    void answered() {
        requests(ANSWERED).increment();
    }

    /** The code is what the function hears. */
    void cameToNothing(String code) {
        requests(code.toLowerCase(Locale.ROOT)).increment();
    }

    void connected() {
        connections(OPENED).increment();
    }

    /** The code is what the function hears. */
    void notConnected(String code) {
        connections(code.toLowerCase(Locale.ROOT)).increment();
    }

    private Counter connections(String outcome) {
        return Counter.builder("custom.code.runner.resource.connections")
                .description("Connections of jobs to resources: opened, or why they were not or were cut")
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter requests(String outcome) {
        return Counter.builder("custom.code.runner.egress.requests")
                .description("Requests of jobs by what came of them")
                .tag("outcome", outcome)
                .register(registry);
    }
}
