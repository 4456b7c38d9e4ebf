package io.bascule.deploy.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bascule.deploy.RenderedChart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** What the chart renders, without what only Helm and a namespace give (hooks too), by a key that names each object. */
final class ChartObjects {

    private ChartObjects() {}

    static SequencedMap<String, ObjectNode> of(RenderedChart chart) {
        SequencedMap<String, ObjectNode> objects = new LinkedHashMap<>();
        for (JsonNode rendered : chart.objects()) {
            if (rendered.at("/metadata/annotations").has("helm.sh/hook")) {
                continue;
            }
            ObjectNode object = rendered.deepCopy();
            ObjectNode metadata = (ObjectNode) object.path("metadata");
            metadata.remove("namespace");
            ((ObjectNode) metadata.path("labels")).remove("helm.sh/chart");
            ((ObjectNode) metadata.path("labels")).remove("app.kubernetes.io/managed-by");
            objects.put(key(object), object);
        }
        return objects;
    }

    static String key(JsonNode object) {
        return kind(object) + "/" + name(object);
    }

    static String kind(JsonNode object) {
        return object.path("kind").asText();
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    /** One file for each component, one for the bridges' own Services, and one for each further kind. */
    static String file(JsonNode object) {
        if (object.at("/spec/selector").has("statefulset.kubernetes.io/pod-name")) {
            return "bridge-pods.yaml";
        }
        String component =
                object.at("/metadata/labels").path("app.kubernetes.io/name").asText();
        return (component.isEmpty() ? kind(object).toLowerCase(Locale.ROOT) : component) + ".yaml";
    }

    static Map<String, List<ObjectNode>> byFile(Iterable<ObjectNode> objects) {
        Map<String, List<ObjectNode>> files = new TreeMap<>();
        objects.forEach(object ->
                files.computeIfAbsent(file(object), _ -> new ArrayList<>()).add(object));
        return files;
    }
}
