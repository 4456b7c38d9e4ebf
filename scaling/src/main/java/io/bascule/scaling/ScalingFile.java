package io.bascule.scaling;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads {@code deploy/scaling.yaml}. An error names the place and what is expected there. */
public final class ScalingFile {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern RESERVE = Pattern.compile("\\* ([0-9.]+)\\)$");
    private static final Pattern SHARE = Pattern.compile("/ ([0-9.]+)$");
    /** Its sum over the pods is what a query of jobs that run and wait adds up. */
    private static final String JOBS = "instant_tasks_jobs_total";

    private final JsonNode content;

    private ScalingFile(JsonNode content) {
        this.content = content;
    }

    /** The one that this program was built with. */
    public static ScalingFile deployed() {
        try (InputStream file = Objects.requireNonNull(ScalingFile.class.getResourceAsStream("scaling.yaml"))) {
            return of(file);
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }

    public static ScalingFile of(InputStream file) {
        try {
            return new ScalingFile(YAML.readTree(file));
        } catch (JacksonException notYaml) {
            throw new IllegalArgumentException("no YAML: " + notYaml.getOriginalMessage(), notYaml);
        }
    }

    /** Those that scale, by name. */
    public List<String> components() {
        return content.path("components").properties().stream()
                .filter(component ->
                        !component.getValue().path("scaler").asString("").equals("none"))
                .map(component -> component.getKey())
                .sorted()
                .toList();
    }

    /** How a component scales; an error names those that do. */
    public Policy policy(String component) {
        if (!components().contains(component)) {
            throw new IllegalArgumentException(
                    "%s does not scale (expected: %s)".formatted(component, String.join(", ", components())));
        }
        String at = "/components/" + component;
        return new Policy(
                component,
                new PodRange(whole(at + "/pods/min"), whole(at + "/pods/max")),
                pace("/paces/" + node(at + "/pace").asString("")),
                signals(at),
                whole(at + "/slots"));
    }

    /** At what per cent of the memory requested more pods are asked for; empty where memory is no signal. */
    public OptionalInt memory(String component) {
        String at = "/components/" + component + "/signals/memory";
        return content.at(at).isMissingNode() ? OptionalInt.empty() : OptionalInt.of(whole(at));
    }

    private Pace pace(String at) {
        return new Pace(rules(at + "/up"), rules(at + "/down"));
    }

    private Rules rules(String at) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < node(at + "/steps").size(); i++) {
            String step = at + "/steps/" + i;
            steps.add(
                    content.at(step).has("pods")
                            ? new Step.Pods(whole(step + "/pods"), whole(step + "/each"))
                            : new Step.Percent(whole(step + "/percent"), whole(step + "/each")));
        }
        return new Rules(whole(at + "/window"), choice(at + "/choose"), steps);
    }

    private Rules.Choice choice(String at) {
        return switch (node(at).asString("")) {
            case "larger" -> Rules.Choice.LARGER;
            case "smaller" -> Rules.Choice.SMALLER;
            default -> throw wrong(at, "larger or smaller");
        };
    }

    /** A memory signal is left out: a load says nothing of memory. */
    private List<Signal> signals(String at) {
        List<Signal> signals = new ArrayList<>();
        JsonNode given = node(at + "/signals");
        if (node(at + "/scaler").asString("").equals("keda")) {
            given.path("queries")
                    .properties()
                    .forEach(query -> signals.add(query(at, query.getKey(), query.getValue())));
            return signals;
        }
        if (given.has("cpu")) {
            signals.add(new Signal.Processors(number(at + "/signals/cpu"), processors(at + "/resources/requests/cpu")));
        }
        given.path("per-pod")
                .properties()
                .forEach(metric -> signals.add(
                        new Signal.JobsPerPod(metric.getKey(), metric.getValue().asDouble(0))));
        return signals;
    }

    private static Signal query(String at, String name, JsonNode query) {
        String text = query.path("query").asString("");
        Matcher reserve = RESERVE.matcher(text);
        Matcher share = SHARE.matcher(text);
        if (query.has("ratio")) {
            return new Signal.SpacesTaken(query.path("ratio").asDouble(0));
        } else if (reserve.find()) {
            return new Signal.WorkersRequired(Double.parseDouble(reserve.group(1)));
        } else if (share.find()) {
            return new Signal.JobsPerPod(JOBS, Double.parseDouble(share.group(1)));
        }
        throw wrong(
                at + "/signals/queries/" + name,
                "a ratio, a required number with a reserve, or jobs divided by a target");
    }

    private double processors(String at) {
        String text = node(at).asString("");
        try {
            return text.endsWith("m") ? Integer.parseInt(text.replace("m", "")) / 1000.0 : Double.parseDouble(text);
        } catch (NumberFormatException notOne) {
            throw wrong(at, "processors, such as 200m or 2");
        }
    }

    private int whole(String at) {
        if (!node(at).canConvertToInt()) {
            throw wrong(at, "a whole number");
        }
        return node(at).asInt();
    }

    private double number(String at) {
        if (!node(at).isNumber()) {
            throw wrong(at, "a number");
        }
        return node(at).asDouble();
    }

    private JsonNode node(String at) {
        JsonNode node = content.at(at);
        if (node.isMissingNode()) {
            throw wrong(at, "a value");
        }
        return node;
    }

    private static IllegalArgumentException wrong(String at, String expected) {
        return new IllegalArgumentException("%s (expected: %s)".formatted(at, expected));
    }
}
