package io.bascule.deploy.clouds;

import com.fasterxml.jackson.databind.JsonNode;
import io.bascule.deploy.GeneratedFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of numbers in docs/operations/scaling.md. Run with {@code -Ddeploy.refresh} to write it anew. */
class NumbersFilesTests {

    private static final JsonNode PACES = Component.NUMBERS.path("paces");

    @Test
    void theTableIsWhatIsDeployed() {
        StringBuilder table = new StringBuilder("""

                | component | pods | scaled by | on | up | down | requests – limits | grace, pre-stop |
                |---|---|---|---|---|---|---|---|
                """);
        Component.NUMBERS
                .path("components")
                .properties()
                .forEach(component -> table.append(row(component.getKey(), component.getValue())));
        GeneratedFiles.isPartOf(
                "docs/operations/scaling.md", "numbers", table.append('\n').toString());
    }

    private static String row(String name, JsonNode numbers) {
        JsonNode pace = PACES.path(numbers.path("pace").asText());
        return "| %s | %s–%s | %s | %s | %s | %s | %s – %s | %s s, %s s |\n"
                .formatted(
                        name,
                        numbers.at("/pods/min").asText(),
                        numbers.at("/pods/max").asText(),
                        numbers.path("scaler").asText().replace("none", "nobody"),
                        signals(numbers.path("signals")),
                        rules(pace.path("up")),
                        rules(pace.path("down")),
                        size(numbers.at("/resources/requests")),
                        size(numbers.at("/resources/limits")),
                        numbers.at("/leaving/grace").asText(),
                        numbers.at("/leaving/pre-stop").asText());
    }

    private static String signals(JsonNode signals) {
        List<String> texts = new ArrayList<>();
        List.of("cpu", "memory").stream()
                .filter(signals::has)
                .forEach(signal -> texts.add(
                        "%s %s %%".formatted(signal, signals.path(signal).asText())));
        signals.path("per-pod")
                .properties()
                .forEach(metric -> texts.add("`%s` %s a pod"
                        .formatted(metric.getKey(), metric.getValue().asText())));
        signals.path("queries").properties().forEach(query -> texts.add(query(query.getValue())));
        return texts.isEmpty() ? "–" : String.join("; ", texts);
    }

    private static String query(JsonNode query) {
        return query.has("ratio")
                ? "`%s` at %s"
                        .formatted(
                                query.path("query").asText(),
                                query.path("ratio").asText())
                : "`%s` %s a pod"
                        .formatted(
                                query.path("query").asText(),
                                query.path("average").asText());
    }

    private static String rules(JsonNode rules) {
        if (rules.isMissingNode()) {
            return "–";
        }
        String steps = rules.path("steps")
                .valueStream()
                .map(step -> step.has("pods")
                        ? "by %s in %s s"
                                .formatted(
                                        step.path("pods").asText(),
                                        step.path("each").asText())
                        : "by %s %% in %s s"
                                .formatted(
                                        step.path("percent").asText(),
                                        step.path("each").asText()))
                .collect(Collectors.joining(" or "));
        String choice =
                rules.path("steps").size() > 1 ? ", the " + rules.path("choose").asText() : "";
        return "%s%s; window %s s".formatted(steps, choice, rules.path("window").asText());
    }

    private static String size(JsonNode size) {
        return size.path("cpu").asText() + "/" + size.path("memory").asText();
    }
}
