package io.bascule.service.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * {@code http_requests_total} and {@code http_request_duration_seconds}, by method and endpoint. The endpoint is the
 * route's template, never the path, so that the number of series stays bounded; what matches no route is one endpoint.
 */
class HttpMetricsFilter extends OncePerRequestFilter {

    private static final String NO_ROUTE = "none";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private final MeterRegistry registry;
    private final Map<Requests, Counter> counters = new ConcurrentHashMap<>();
    private final Map<Endpoint, Timer> timers = new ConcurrentHashMap<>();

    HttpMetricsFilter(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Timer.Sample sample = Timer.start(registry);
        boolean answered = false;
        try {
            chain.doFilter(request, response);
            answered = true;
        } finally {
            int status = answered ? response.getStatus() : HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
            record(request, status, sample);
        }
    }

    private void record(HttpServletRequest request, int status, Timer.Sample sample) {
        String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "other";
        var endpoint = new Endpoint(method, template(request));
        counters.computeIfAbsent(new Requests(endpoint, status), this::counter).increment();
        sample.stop(timers.computeIfAbsent(endpoint, this::timer));
    }

    private Counter counter(Requests requests) {
        return Counter.builder("http.requests")
                .description("Requests answered")
                .tags("method", requests.endpoint().method())
                .tags("endpoint", requests.endpoint().template())
                .tags("status", Integer.toString(requests.status()))
                .register(registry);
    }

    private Timer timer(Endpoint endpoint) {
        return Timer.builder("http.request.duration")
                .description("Time from the request to the end of its answer")
                .tags("method", endpoint.method(), "endpoint", endpoint.template())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static String template(HttpServletRequest request) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return pattern == null ? NO_ROUTE : pattern.toString();
    }

    private record Endpoint(String method, String template) {}

    /** What is asked for again is looked up by this, since finding a meter by its tags costs a request several times as much. */
    private record Requests(Endpoint endpoint, int status) {}
}
