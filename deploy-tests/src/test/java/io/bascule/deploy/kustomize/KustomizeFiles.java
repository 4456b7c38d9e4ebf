package io.bascule.deploy.kustomize;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bascule.deploy.RenderedChart;
import io.bascule.deploy.Yaml;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Writes {@code deploy/kustomize} from what the chart renders. */
final class KustomizeFiles {

    private static final String HEADER = "# Written by the build from charts/bascule; see ../README.md.\n";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private KustomizeFiles() {}

    /** All files by their paths. */
    static Map<String, String> all() throws IOException {
        Map<String, String> files = new TreeMap<>();
        SequencedMap<String, ObjectNode> base = ChartObjects.of(Variant.BASE.render());
        put(files, "base", kustomization("", resources(base.values())), base.values());
        RenderedChart withJob = Variant.MIGRATION.render();
        List<ObjectNode> job = ChartObjects.of(withJob).values().stream()
                .filter(object -> ChartObjects.kind(object).equals("Job"))
                .toList();
        job.forEach(object -> ((ObjectNode) object.path("metadata")).put("name", "migration"));
        put(files, "migration", kustomization("", resources(job)), job);
        for (Variant variant : List.of(Variant.STAGING, Variant.PRODUCTION)) {
            overlay(files, variant, base, ChartObjects.of(variant.render()));
        }
        return files;
    }

    private static void overlay(
            Map<String, String> files,
            Variant variant,
            SequencedMap<String, ObjectNode> base,
            SequencedMap<String, ObjectNode> wanted) {
        List<ObjectNode> added = wanted.entrySet().stream()
                .filter(object -> !base.containsKey(object.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        ArrayNode resources = JSON.arrayNode().add("../../base").addAll(resources(added));
        ObjectNode kustomization = kustomization(variant.namespace(), resources);
        kustomization.set("patches", patches(base, wanted));
        put(files, "overlays/" + variant.folder(), kustomization, added);
    }

    /** Objects of a kind that are changed alike share a patch. */
    private static ArrayNode patches(Map<String, ObjectNode> base, Map<String, ObjectNode> wanted) {
        SequencedMap<List<String>, List<String>> names = new LinkedHashMap<>();
        base.forEach((key, from) -> {
            ObjectNode to = wanted.get(key);
            String patch = to == null ? deletion(from) : change(from, to);
            if (!patch.isEmpty()) {
                names.computeIfAbsent(List.of(ChartObjects.kind(from), patch), _ -> new ArrayList<>())
                        .add(ChartObjects.name(from));
            }
        });
        ArrayNode patches = JSON.arrayNode();
        names.forEach((patch, who) -> {
            ObjectNode written = patches.addObject();
            written.putObject("target").put("kind", patch.getFirst()).put("name", anyOf(who));
            written.put("patch", patch.getLast());
        });
        return patches;
    }

    private static String anyOf(List<String> names) {
        return names.size() == 1 ? names.getFirst() : "(" + String.join("|", names) + ")";
    }

    private static String change(ObjectNode from, ObjectNode to) {
        ArrayNode steps = Patch.between(from, to);
        return steps.isEmpty() ? "" : Yaml.write(List.of(steps)).stripTrailing().stripIndent() + "\n";
    }

    /** The target says what is deleted; the name is there because a patch has one. */
    private static String deletion(ObjectNode object) {
        ObjectNode patch = JSON.objectNode().put("$patch", "delete");
        patch.set("apiVersion", object.path("apiVersion"));
        patch.set("kind", object.path("kind"));
        patch.putObject("metadata").put("name", "any");
        return Yaml.write(List.of(patch));
    }

    private static ObjectNode kustomization(String namespace, ArrayNode resources) {
        ObjectNode kustomization = JSON.objectNode()
                .put("apiVersion", "kustomize.config.k8s.io/v1beta1")
                .put("kind", "Kustomization");
        if (!namespace.isEmpty()) {
            kustomization.put("namespace", namespace);
        }
        kustomization.set("resources", resources);
        return kustomization;
    }

    private static ArrayNode resources(Collection<ObjectNode> objects) {
        ArrayNode resources = JSON.arrayNode();
        ChartObjects.byFile(objects).keySet().forEach(resources::add);
        return resources;
    }

    private static void put(
            Map<String, String> files, String folder, ObjectNode kustomization, Collection<ObjectNode> objects) {
        String header = folder.contains("/") ? HEADER.replace("../", "../../") : HEADER;
        files.put(folder + "/kustomization.yaml", header + Yaml.write(List.of(kustomization)));
        ChartObjects.byFile(objects).forEach((file, its) -> files.put(folder + "/" + file, header + Yaml.write(its)));
    }
}
