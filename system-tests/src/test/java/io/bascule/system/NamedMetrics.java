package io.bascule.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The metrics of ours that the chart's alerts and dashboards name in their queries. */
final class NamedMetrics {

    private static final Path FILES = Checkout.root().resolve("charts/bascule/monitoring");

    /** Texts, labels in braces and after `by`, durations: what has words that name no metric. */
    private static final Pattern OTHER_WORDS =
            Pattern.compile("\"[^\"]*\"|\\{[^}]*}|\\b(?:by|on) \\([^)]*\\)|\\[[^]]*]|\\b\\d+[smh]\\b");

    private static final Pattern NAME = Pattern.compile("\\b[a-z]+(?:_[a-z0-9]+)+\\b");
    private static final Set<String> FUNCTIONS = Set.of("histogram_quantile");

    /** kube-state-metrics' and the kubelet's. */
    private static final Pattern OTHERS = Pattern.compile("(kube|container)_.*");

    private NamedMetrics() {}

    static Set<String> ofAlerts() throws IOException {
        Object rules =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FILES.resolve("rules.yaml")));
        return in(JsonMapper.shared().valueToTree(rules));
    }

    static Set<String> ofDashboards() throws IOException {
        try (Stream<Path> files = Files.list(FILES.resolve("dashboards"))) {
            return files.flatMap(file -> in(read(file)).stream()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JsonMapper.shared().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> in(JsonNode queries) {
        return queries.findValuesAsString("expr").stream()
                .map(query -> OTHER_WORDS.matcher(query).replaceAll(" "))
                .flatMap(query -> NAME.matcher(query).results().map(match -> match.group()))
                .filter(name ->
                        !FUNCTIONS.contains(name) && !OTHERS.matcher(name).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
