package io.bascule.api.naming;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Names with values, such as {@code team=data}; immutable and sorted by name. */
public record Labels(@JsonValue Map<String, String> values) {

    /** Without any. */
    public static final Labels NONE = new Labels(Map.of());

    private static final int MAXIMUM = 32;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._/-]{0,61}[a-z0-9])?");
    private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{N}._:/@ -]{0,63}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Labels {
        values = java.util.Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /**
     * Labels to look for, from query parameters of the form {@code name=value}.
     *
     * @throws ProblemException when one has no {@code =}
     */
    public static Labels filter(Collection<String> terms) {
        Map<String, String> wanted = new TreeMap<>();
        for (String term : terms) {
            int equals = term.indexOf('=');
            if (equals < 1) {
                String detail = "label: %s (expected: name=value)".formatted(term);
                throw new ProblemException(
                        CommonProblem.INVALID_INPUT, detail, List.of(new FieldProblem("/label", detail)));
            }
            wanted.put(term.substring(0, equals), term.substring(equals + 1));
        }
        return new Labels(wanted);
    }

    /** Whether these have all of the others. */
    public boolean include(Labels others) {
        return values.entrySet().containsAll(others.values.entrySet());
    }

    /** What is wrong with these, by pointers below the given one; empty when nothing is. */
    public List<FieldProblem> problems(String pointer) {
        List<FieldProblem> problems = new ArrayList<>();
        if (values.size() > MAXIMUM) {
            problems.add(
                    new FieldProblem(pointer, "%d labels (expected: at most %d)".formatted(values.size(), MAXIMUM)));
        }
        values.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                problems.add(new FieldProblem(
                        pointer + "/" + escaped(name),
                        "use 1 to 63 of a-z, 0-9 and . _ / - inside for a label's name"));
            } else if (value == null || !VALUE.matcher(value).matches()) {
                problems.add(new FieldProblem(
                        pointer + "/" + escaped(name),
                        "use at most 63 letters, digits, spaces and . _ : / @ - for a label's value"));
            }
        });
        return problems;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
