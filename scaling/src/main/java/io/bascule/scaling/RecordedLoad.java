package io.bascule.scaling;

import io.bascule.scaling.Load.Recorded;
import io.bascule.scaling.Load.Recorded.Sample;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a load that was recorded: lines of a second and jobs a second, or what Prometheus answers to {@code query_range} for a
 * query that gives one series of jobs a second. An error names the place and what is expected there.
 */
public final class RecordedLoad {

    /** What a recorded load may be. */
    public static final String FORMS =
            "lines SECOND,JOBS_PER_SECOND with seconds that grow, or the answer of Prometheus' query_range";

    private static final JsonMapper JSON = JsonMapper.shared();

    private RecordedLoad() {}

    /** Throws {@link IllegalArgumentException} that says what is wrong. */
    public static Recorded read(String text) {
        String stripped = text.strip();
        return new Recorded(stripped.startsWith("{") ? ofPrometheus(json(stripped)) : ofLines(stripped));
    }

    private static List<Sample> ofLines(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(RecordedLoad::ofLine)
                .toList();
    }

    private static Sample ofLine(String line) {
        int comma = line.indexOf(',');
        try {
            return new Sample(
                    Integer.parseInt(line.substring(0, Math.max(comma, 0)).strip()),
                    Double.parseDouble(line.substring(comma + 1).strip()));
        } catch (IllegalArgumentException notOne) {
            throw new IllegalArgumentException("line \"%s\" (expected: %s)".formatted(shortened(line), FORMS), notOne);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException notJson) {
            throw new IllegalArgumentException(
                    "no JSON: %s (expected: %s)".formatted(shortened(notJson.getOriginalMessage()), FORMS), notJson);
        }
    }

    private static List<Sample> ofPrometheus(JsonNode answer) {
        if (answer.path("status").asString("").equals("error")) {
            throw new IllegalArgumentException("Prometheus refused the query: "
                    + shortened(answer.path("error").asString("without a reason")));
        }
        String type = answer.at("/data/resultType").asString("none");
        if (!type.equals("matrix")) {
            throw wrong("/data/resultType", type, "matrix, the answer of query_range");
        }
        JsonNode result = answer.at("/data/result");
        if (result.size() != 1) {
            throw wrong("/data/result", result.size() + " series", "one; put sum(…) around the query");
        }
        JsonNode values = result.path(0).path("values");
        if (!values.isArray()) {
            throw wrong("/data/result/0/values", "nothing", "numbers; of a histogram take rate(…_count)");
        }
        return ofValues(values);
    }

    private static List<Sample> ofValues(JsonNode values) {
        double first = values.isEmpty() ? 0 : time(values, 0);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < Math.min(values.size(), Recorded.MOST_SAMPLES + 1); i++) {
            double since = time(values, i) - first;
            if (!(since >= 0 && since < Simulation.MOST_SECONDS)) {
                throw wrong(at(i) + "/0", since + " s after the first", "0 or more, and less than a week");
            }
            samples.add(new Sample((int) Math.round(since), rate(values, i)));
        }
        return samples;
    }

    private static double time(JsonNode values, int i) {
        JsonNode time = values.path(i).path(0);
        if (!time.isNumber()) {
            throw wrong(at(i) + "/0", shortened(time.toString()), "seconds");
        }
        return time.asDouble();
    }

    private static double rate(JsonNode values, int i) {
        String text = values.path(i).path(1).asString("");
        try {
            double rate = Double.parseDouble(text);
            if (rate >= 0 && Double.isFinite(rate)) {
                return rate;
            }
        } catch (NumberFormatException notOne) {
            throw new IllegalArgumentException(
                    at(i) + "/1: \"%s\" (expected: a number)".formatted(shortened(text)), notOne);
        }
        throw wrong(at(i) + "/1", "\"%s\"".formatted(shortened(text)), "jobs a second, 0 or more");
    }

    private static String at(int i) {
        return "/data/result/0/values/" + i;
    }

    private static IllegalArgumentException wrong(String at, String found, String expected) {
        return new IllegalArgumentException("%s: %s (expected: %s)".formatted(at, found, expected));
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
