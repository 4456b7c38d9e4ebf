package io.bascule.deploy.kustomize;

import io.bascule.deploy.Checkout;
import io.bascule.deploy.RenderedChart;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The values with which the chart is rendered for each part of {@code deploy/kustomize}. */
enum Variant {
    BASE("values.yaml", Map.of()),
    MIGRATION("values.yaml", Map.of("migration.mode", "job")),
    STAGING("values-small.yaml", Map.of()),
    /** Dashboards are left out: they are large, and a line of its own makes them (README). */
    PRODUCTION(
            "values-production.yaml",
            Map.of(
                    "ingress.hostname",
                    "bascule.example.org",
                    "bridgeService.domain",
                    "bridges.example.org",
                    "dashboards.enabled",
                    "false"));

    private final String values;
    private final Map<String, String> set;

    Variant(String values, Map<String, String> set) {
        this.values = values;
        this.set = set;
    }

    /** Migrations are not part of what runs: {@code deploy/kustomize/migration} is applied before it. */
    RenderedChart render() throws IOException {
        var all = new TreeMap<>(Map.of("migration.mode", "none"));
        all.putAll(set);
        return RenderedChart.of(Checkout.file("charts/bascule/" + values), all);
    }

    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    String namespace() {
        return this == STAGING ? "bascule-staging" : "bascule";
    }
}
