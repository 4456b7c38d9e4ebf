package io.bascule.deploy.kustomize;

import io.bascule.deploy.Checkout;
import io.bascule.deploy.RenderedChart;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** The values with which the chart is rendered for each part of {@code deploy/kustomize}. */
enum Variant {
    BASE("values.yaml"),
    MIGRATION("values.yaml"),
    STAGING("values-small.yaml"),
    PRODUCTION("values-production.yaml");

    private final String values;

    Variant(String values) {
        this.values = values;
    }

    RenderedChart render() throws IOException {
        return RenderedChart.of(Checkout.file("charts/bascule/" + values), set());
    }

    /**
     * Migrations are not part of what runs: {@code deploy/kustomize/migration} is applied before it. Dashboards are left out:
     * they are large, and a line in the README makes them.
     */
    private Map<String, String> set() {
        return switch (this) {
            case BASE, STAGING -> Map.of("migration.mode", "none");
            case MIGRATION -> Map.of("migration.mode", "job");
            case PRODUCTION ->
                Map.of(
                        "migration.mode",
                        "none",
                        "ingress.hostname",
                        "bascule.example.org",
                        "bridgeService.domain",
                        "bridges.example.org",
                        "dashboards.enabled",
                        "false");
        };
    }

    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    String namespace() {
        return this == STAGING ? "bascule-staging" : "bascule";
    }
}
