package io.bascule.scaling;

import java.util.Optional;

/** What came to a component, as Prometheus recorded it: queries that give one series of jobs a second. */
public final class Arrivals {

    private Arrivals() {}

    /**
     * The query of a component.
     *
     * @param windowSeconds over which the rate is taken, at least two scrapes
     * @return empty where no series tells of it
     */
    public static Optional<String> query(String component, int windowSeconds) {
        String series = switch (component) {
            case "api-service" -> "http_requests_total{job=\"api-service\"}";
            case "bridge-service" -> "bascule_bridge_tunnels_ended_total";
            case "custom-code-runner" -> "bascule_task_accepted_total{type=\"code.run\"}";
            case "instant-worker" -> "bascule_task_accepted_total{lane=\"instant\"}";
            case "queued-worker" -> "bascule_task_accepted_total{lane=\"queued\"}";
            default -> "";
        };
        return series.isEmpty() ? Optional.empty() : Optional.of("sum(rate(%s[%ds]))".formatted(series, windowSeconds));
    }
}
