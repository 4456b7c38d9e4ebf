package io.bascule.deploy.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON patches (RFC 6902): what leads from one tree to another, in {@code add}, {@code replace} and {@code remove}. */
final class Patch {

    private Patch() {}

    static ArrayNode between(JsonNode from, JsonNode to) {
        ArrayNode steps = JsonNodeFactory.instance.arrayNode();
        collect("", from, to, steps);
        return steps;
    }

    /** Lists of another length are replaced whole: who reads the patch sees what comes out. */
    private static void collect(String path, JsonNode from, JsonNode to, ArrayNode steps) {
        if (from.equals(to)) {
            return;
        }
        if (from.isArray() && to.isArray() && from.size() == to.size()) {
            for (int i = 0; i < from.size(); i++) {
                collect(path + "/" + i, from.get(i), to.get(i), steps);
            }
            return;
        }
        if (!from.isObject() || !to.isObject()) {
            step(steps, "replace", path).set("value", to);
            return;
        }
        from.properties().forEach(old -> {
            String at = path + "/" + old.getKey().replace("~", "~0").replace("/", "~1");
            if (to.has(old.getKey())) {
                collect(at, old.getValue(), to.path(old.getKey()), steps);
            } else {
                step(steps, "remove", at);
            }
        });
        to.properties().stream()
                .filter(added -> !from.has(added.getKey()))
                .forEach(added -> step(
                                steps,
                                "add",
                                path + "/" + added.getKey().replace("~", "~0").replace("/", "~1"))
                        .set("value", added.getValue()));
    }

    private static ObjectNode step(ArrayNode steps, String operation, String path) {
        return steps.addObject().put("op", operation).put("path", path);
    }

    /** Changes an object as such a patch says; a path that is not there is an error. */
    static void apply(JsonNode patch, ObjectNode object) {
        for (JsonNode step : patch) {
            String path = step.path("path").asText();
            int last = path.lastIndexOf('/');
            ObjectNode parent = (ObjectNode) object.at(path.substring(0, last));
            String name = path.substring(last + 1).replace("~1", "/").replace("~0", "~");
            String operation = step.path("op").asText();
            if (parent.has(name) == operation.equals("add")) {
                throw new AssertionError("%s %s does not fit".formatted(operation, path));
            }
            if (operation.equals("remove")) {
                parent.remove(name);
            } else {
                parent.set(name, step.path("value"));
            }
        }
    }
}
