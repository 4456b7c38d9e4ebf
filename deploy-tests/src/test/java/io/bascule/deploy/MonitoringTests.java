package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The alerts and dashboards of the chart, and Prometheus beside the Compose file. */
class MonitoringTests {

    private static final String RULES = "charts/bascule/monitoring/rules.yaml";
    private static final Pattern HEADING = Pattern.compile("(?m)^## (\\w+)$");

    private static final RenderedChart CHART = RenderedChart.with("""
            namePrefix: x-
            alerts: { enabled: true, labels: { release: prometheus } }
            dashboards: { enabled: true }
            """);

    private static Stream<JsonNode> alerts() {
        return Checkout.yaml(RULES)
                .path("groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream())
                .filter(rule -> rule.has("alert"));
    }

    @Test
    void theReferencesAlertsAreThereWithTheirTimesAndWeights() {
        assertThat(alerts().map(rule -> "%s %s %s"
                        .formatted(
                                rule.path("alert").asText(),
                                rule.path("for").asText(),
                                rule.at("/labels/severity").asText())))
                .contains(
                        "HPAMaxedOut 15m warning",
                        "FrequentScaling 30m warning",
                        "RolloutStuck 15m critical",
                        "HighCPUUsage 5m warning");
    }

    @Test
    void everyAlertSaysWhatIsWrongAndHasItsPlaceInTheManual() {
        assertThat(alerts()).allSatisfy(rule -> {
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.at("/annotations/description").asText()).isNotBlank();
        });
        assertThat(HEADING.matcher(Checkout.text("docs/operations/alerts.md"))
                        .results()
                        .map(heading -> heading.group(1)))
                .containsExactlyElementsOf(
                        alerts().map(rule -> rule.path("alert").asText()).toList());
    }

    @Test
    void theChartCarriesTheSameRules() {
        assertThat(CHART.object("PrometheusRule", "x-bascule").at("/spec/groups"))
                .isEqualTo(Checkout.yaml(RULES).path("groups"));
        assertThat(CHART.object("PrometheusRule", "x-bascule").at("/metadata/labels/release"))
                .hasToString("\"prometheus\"");
        assertThat(RenderedChart.with("{}").kind("PrometheusRule")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"scaling", "services", "tasks", "tunnels"})
    void theChartCarriesEachDashboardWhole(String name) throws Exception {
        JsonNode map = CHART.object("ConfigMap", "x-bascule-dashboard-" + name);

        assertThat(map.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
        assertThat(map.path("data").path(name + ".json").asText())
                .isEqualTo(Checkout.text("charts/bascule/monitoring/dashboards/" + name + ".json"));
    }

    @Test
    void prometheusScrapesEveryPageOfEveryServiceThatTheChartScrapes() {
        RenderedChart chart = RenderedChart.with("podMonitor: { enabled: true }");
        JsonNode prometheus = Checkout.yaml("deploy/monitoring/prometheus.yml");

        List<String> wanted = chart.kind("PodMonitor")
                .flatMap(monitor -> monitor.at("/spec/podMetricsEndpoints")
                        .valueStream()
                        .map(page -> monitor.at("/metadata/name").asText() + " "
                                + page.path("path").asText()))
                .toList();

        assertThat(prometheus
                        .path("scrape_configs")
                        .valueStream()
                        .map(job -> job.at("/dns_sd_configs/0/names/0").asText().replace("bridge-0", "bridge-service")
                                + " " + job.path("metrics_path").asText()))
                .containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(prometheus.at("/global/scrape_interval").asText()).isEqualTo("15s");
    }

    @Test
    void aJobIsCalledAsItsService() {
        assertThat(RenderedChart.with("podMonitor: { enabled: true }").kind("PodMonitor"))
                .isNotEmpty()
                .allSatisfy(monitor ->
                        assertThat(monitor.at("/spec/jobLabel").asText()).isEqualTo("app.kubernetes.io/name"));
    }

    @Test
    void theCollectorScrapesEveryPageThatTheChartScrapes() {
        JsonNode jobs = Checkout.yaml("deploy/monitoring/otel-collector.yaml")
                .at("/receivers/prometheus/config/scrape_configs");
        List<String> wanted = RenderedChart.with("podMonitor: { enabled: true }")
                .kind("PodMonitor")
                .flatMap(monitor -> monitor.at("/spec/podMetricsEndpoints").valueStream())
                .map(page -> page.path("path").asText())
                .distinct()
                .toList();

        assertThat(jobs.findValuesAsText("metrics_path")).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void filesAreTurnedOverAtTenMegabytesAndFiveAreKept() {
        assertThat(Checkout.text("deploy/monitoring/logrotate.conf")).contains("size 10M\n", "rotate 5\n");
    }

    @Test
    void prometheusKeepsWhatTheReferenceKeeps() {
        JsonNode prometheus = Checkout.yaml("docker-compose.yml").at("/services/prometheus");

        assertThat(prometheus.path("command").toString())
                .contains("--storage.tsdb.retention.time=15d", "--storage.tsdb.retention.size=50GB");
    }

    @Test
    @Tag("promtool")
    void theAlertsFireWhenTheyShouldAndOnlyThen() throws Exception {
        Shell shell = new Shell(Map.of());

        assertThat(shell.run(Duration.ofSeconds(30), List.of("promtool", "check", "rules", RULES)))
                .contains("SUCCESS");
        assertThat(shell.run(
                        Duration.ofSeconds(60),
                        List.of("promtool", "test", "rules", "deploy/monitoring/rules.test.yaml")))
                .contains("SUCCESS");
    }
}
