package io.bascule.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The objects that Helm makes of the chart with some values.
 *
 * @param text as Helm writes it
 * @param objects in that order
 */
public record RenderedChart(String text, List<JsonNode> objects) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** The oldest Kubernetes that we support and Helm's library accepts. */
    private static final String KUBERNETES = "1.34.0";

    /** Renders with a values file given as text; throws {@link IllegalStateException} with Helm's words if it refuses. */
    public static RenderedChart with(String values) {
        return with(Checkout.chart(), values);
    }

    /** The same of another chart than the platform's. */
    static RenderedChart with(Path chart, String values) {
        try {
            Path file = Files.createTempFile("values", ".yaml");
            try {
                Files.writeString(file, values);
                return of(chart, file, Map.of());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static RenderedChart of(Path values) throws IOException {
        return of(values, Map.of());
    }

    /** @param set values beside the file's, by their paths */
    public static RenderedChart of(Path values, Map<String, String> set) throws IOException {
        return of(Checkout.chart(), values, set);
    }

    /** With the objects of hooks among the others: Helm's library leaves them out, so a copy says that they are none. */
    static RenderedChart withHooks(Path copy, Path values) throws IOException {
        try (Stream<Path> files = Files.walk(Checkout.chart())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = copy.resolve(Checkout.chart().relativize(file).toString());
                Files.createDirectories(to.resolveSibling("."));
                Files.writeString(to, Files.readString(file).replace("helm.sh/hook:", "was-hook:"));
            }
        }
        return of(copy, values, Map.of());
    }

    private static RenderedChart of(Path chart, Path values, Map<String, String> set) throws IOException {
        TemplateCommand template = new Helm(chart).template();
        set.forEach(template::set);
        String text = template.withName("bascule")
                .withNamespace("platform")
                .withKubeVersion(KUBERNETES)
                .withValuesFile(values)
                .call();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            var all = StreamSupport.stream(Spliterators.spliteratorUnknownSize(documents, 0), false);
            return new RenderedChart(text, all.filter(JsonNode::isObject).toList());
        }
    }

    public Stream<JsonNode> kind(String kind) {
        return objects.stream().filter(each -> each.path("kind").asText().equals(kind));
    }

    public JsonNode object(String kind, String name) {
        return kind(kind)
                .filter(each -> each.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no %s %s".formatted(kind, name)));
    }

    /** Deployments and StatefulSets. */
    public Stream<JsonNode> workloads() {
        return Stream.concat(kind("Deployment"), kind("StatefulSet"));
    }

    /** All pods, those of Jobs too. */
    public Stream<JsonNode> pods() {
        return Stream.concat(workloads(), kind("Job")).map(each -> each.at("/spec/template"));
    }
}
