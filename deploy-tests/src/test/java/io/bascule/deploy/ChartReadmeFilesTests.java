package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The tables of values in the chart's README. Run with {@code -Ddeploy.refresh} to write them anew. */
class ChartReadmeFilesTests {

    private static final String README = "charts/bascule/README.md";

    /** Has every value that a component can have. */
    private static final String COMPONENT = "bridgeService";

    /** The first of them, where the comments of what all have are. */
    private static final String FIRST = "apiService";

    private static final String VALUES = Checkout.text("charts/bascule/values.yaml");

    private final JsonNode schema = Yaml.tree(Checkout.text("charts/bascule/values.schema.json"));
    private final JsonNode defaults = Yaml.tree(VALUES);
    private final Map<String, String> comments = ValueComments.of(VALUES);

    @Test
    void theTablesAreWhatTheSchemaAllows() {
        List<String> platform = new ArrayList<>();
        schema.path("properties").properties().stream()
                .filter(value -> !isComponent(value.getValue()))
                .forEach(value -> addRows(platform, value.getKey(), value.getKey(), value.getValue()));
        List<String> component = new ArrayList<>();
        resolved(schema.at("/properties/" + COMPONENT))
                .path("properties")
                .properties()
                .forEach(value ->
                        addRows(component, value.getKey(), COMPONENT + "." + value.getKey(), value.getValue()));

        assertThat(platform).hasSizeGreaterThan(60);
        assertThat(component).hasSizeGreaterThan(30);
        GeneratedFiles.isPartOf(README, "values of the platform", table(platform));
        GeneratedFiles.isPartOf(README, "values of each component", table(component));
    }

    private static boolean isComponent(JsonNode value) {
        return value.path("$ref").asText().matches("#/\\$defs/(component|bridge)");
    }

    private static String table(List<String> rows) {
        return "\n| value | default | takes | |\n|---|---|---|---|\n" + String.join("", rows) + "\n";
    }

    /** A row for each leaf. What a person fills in as a whole, such as resources, is one. */
    private void addRows(List<String> rows, String name, String path, JsonNode value) {
        JsonNode known = resolved(value);
        JsonNode standard = defaults.at("/" + path.replace('.', '/'));
        if (name.equals("autoscaling") || (known.has("properties") && standard.isObject() && !value.has("$ref"))) {
            if (!remark(path).isEmpty()) {
                rows.add("| `%s` | | | %s |\n".formatted(name, remark(path)));
            }
            known.path("properties")
                    .properties()
                    .forEach(inner ->
                            addRows(rows, name + "." + inner.getKey(), path + "." + inner.getKey(), inner.getValue()));
            return;
        }
        rows.add("| `%s` | %s | %s | %s |\n".formatted(name, standard(standard), takes(known), remark(path)));
    }

    private String remark(String path) {
        String first = path.replaceFirst("^" + COMPONENT + "\\.", FIRST + ".");
        return comments.getOrDefault(path, comments.getOrDefault(first, ""));
    }

    private JsonNode resolved(JsonNode value) {
        String reference = value.path("$ref").asText();
        return reference.isEmpty() ? value : schema.at(reference.substring(1));
    }

    private static String standard(JsonNode value) {
        if (value.isMissingNode() || (value.isTextual() && value.asText().isEmpty())) {
            return "";
        }
        return "`%s`".formatted((value.isTextual() ? value.asText() : value.toString()).replace("|", "\\|"));
    }

    private static String takes(JsonNode value) {
        if (value.has("enum")) {
            var allowed = new StringJoiner(", ");
            value.path("enum").forEach(one -> allowed.add("`%s`".formatted(one.asText())));
            return allowed.toString();
        }
        JsonNode type = value.path("type");
        String name = type.isArray()
                ? String.join(
                        " or ",
                        StreamSupport.stream(type.spliterator(), false)
                                .map(JsonNode::asText)
                                .toList())
                : type.asText();
        if (value.has("minimum") && value.has("maximum")) {
            return "%s, %s to %s"
                    .formatted(
                            name,
                            value.path("minimum").asText(),
                            value.path("maximum").asText());
        }
        return value.has("minimum") ? "%s, at least %s".formatted(name, value.path("minimum")) : name;
    }
}
