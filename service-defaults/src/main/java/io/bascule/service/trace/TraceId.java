package io.bascule.service.trace;

import java.util.Optional;
import org.slf4j.MDC;

/** The trace id of the request that the current thread works on: 32 hexadecimal digits (W3C Trace Context). */
public final class TraceId {

    static final String MDC_KEY = "traceId";

    private TraceId() {}

    /** Empty outside a request. */
    public static Optional<String> current() {
        return Optional.ofNullable(MDC.get(MDC_KEY));
    }
}
