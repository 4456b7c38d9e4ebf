package io.bascule.runner.egress;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts what jobs send and receive, and how their requests end. Safe for use by many threads. */
final class EgressMetrics {

    private static final String ANSWERED = "answered";

    private final MeterRegistry registry;
    private final Counter bytes;

    EgressMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.bytes = Counter.builder("custom.code.runner.egress.bytes")
                .description("Bytes that jobs sent and received, as their limit counts them")
                .register(registry);
        requests(ANSWERED);
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

    private Counter requests(String outcome) {
        return Counter.builder("custom.code.runner.egress.requests")
                .description("Requests of jobs by what came of them")
                .tag("outcome", outcome)
                .register(registry);
    }
}
