package io.bascule.deploy.clouds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bascule.deploy.Yaml;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of each cloud by their paths, as they are committed. */
final class CloudFiles {

    private static final String HEADER =
            "# Written by the build from deploy/scaling.yaml and charts/bascule; see README.md.\n";

    private CloudFiles() {}

    static Map<String, String> aws() {
        Map<String, String> files = new TreeMap<>();
        files.put("ecs.yaml", yaml(EcsTemplate.template()));
        files.put("machines.yaml", yaml(MachinesTemplate.template()));
        files.put("ecs-scaling.json", json(AwsScaling.ofServices()));
        files.put("machines-scaling.json", json(AwsScaling.ofMachines()));
        return files;
    }

    static Map<String, String> azure() {
        return Map.of("container-apps.json", json(AzureTemplate.template()));
    }

    static Map<String, String> google() {
        return Map.of(
                "api-service.yaml", yaml(GoogleServices.of(Component.named("api-service"))),
                "web-ui.yaml", yaml(GoogleServices.of(Component.named("web-ui"))));
    }

    private static String json(JsonNode document) {
        return document.toPrettyString() + "\n";
    }

    private static String yaml(ObjectNode document) {
        return HEADER + Yaml.write(List.of(document));
    }
}
