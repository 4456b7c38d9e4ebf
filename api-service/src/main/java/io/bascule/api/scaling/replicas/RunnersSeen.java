package io.bascule.api.scaling.replicas;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bascule.api.scaling.prometheus.AskPrometheus;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Code runners as Prometheus scraped them: they report to nobody, and have no right to. */
class RunnersSeen {

    private static final Logger log = LoggerFactory.getLogger(RunnersSeen.class);

    /** All of one moment. */
    private static final String QUERY = String.join(
            " or ",
            named("pods", "count(custom_code_runner_total_job_spaces)"),
            named("total", "sum(custom_code_runner_total_job_spaces)"),
            named("remaining", "sum(custom_code_runner_remaining_job_spaces)"));

    private static final String QUESTION = "/api/v1/query?query=" + URLEncoder.encode(QUERY, UTF_8);

    /** The steps of all components wait for it. */
    private static final Duration MOST = Duration.ofSeconds(2);

    private final AskPrometheus prometheus;
    private final JsonMapper json;

    RunnersSeen(AskPrometheus prometheus, JsonMapper json) {
        this.prometheus = prometheus;
        this.json = json;
    }

    /** @param share of all job spaces that is taken, 0 to 1 */
    record Runners(int pods, double share) {}

    /** Empty without a Prometheus, while it is away, and while it knows of no code runner. */
    Optional<Runners> read() {
        if (!prometheus.isSet()) {
            return Optional.empty();
        }
        try {
            return runners(json.readTree(prometheus.ask(QUESTION, MOST)));
        } catch (RuntimeException unseen) {
            log.debug("code runners are not seen: {}", unseen.getMessage(), unseen);
            return Optional.empty();
        }
    }

    private static Optional<Runners> runners(JsonNode answer) {
        Map<String, Double> values = new HashMap<>();
        for (JsonNode series : answer.at("/data/result")) {
            values.put(
                    series.at("/metric/what").asString(""),
                    Double.parseDouble(series.at("/value/1").asString("")));
        }
        double pods = values.getOrDefault("pods", 0.0);
        double total = values.getOrDefault("total", 0.0);
        double remaining = values.getOrDefault("remaining", -1.0);
        return pods >= 1 && pods <= 100_000 && total > 0 && remaining >= 0 && remaining <= total
                ? Optional.of(new Runners((int) pods, 1 - remaining / total))
                : Optional.empty();
    }

    private static String named(String what, String query) {
        return "label_replace(%s, \"what\", \"%s\", \"\", \"\")".formatted(query, what);
    }
}
