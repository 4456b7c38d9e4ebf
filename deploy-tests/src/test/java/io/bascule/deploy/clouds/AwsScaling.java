package io.bascule.deploy.clouds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the scripts that work without CloudFormation read: the same numbers in the form of the commands. */
final class AwsScaling {

    private AwsScaling() {}

    /** Targets and policies of the template, by the services' names. */
    static ObjectNode ofServices() {
        JsonNode resources = EcsTemplate.template().path("Resources");
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        var targets = file.putArray("targets");
        var policies = file.putArray("policies");
        for (Component component : Component.all()) {
            if (!component.scales()) {
                continue;
            }
            targets.addObject()
                    .put("service", component.name())
                    .put("min", component.least())
                    .put("max", component.most());
            resources.properties().stream()
                    .map(resource -> resource.getValue().path("Properties"))
                    .filter(properties ->
                            properties.at("/ScalingTargetId/Ref").asText().equals(component.id() + "Pods"))
                    .forEach(properties -> {
                        ObjectNode policy = policies.addObject().put("service", component.name());
                        policy.set("name", properties.path("PolicyName"));
                        policy.set("configuration", configuration(properties));
                    });
        }
        return file;
    }

    private static JsonNode configuration(JsonNode properties) {
        ObjectNode configuration =
                properties.path("TargetTrackingScalingPolicyConfiguration").deepCopy();
        if (configuration.path("TargetValue").isObject()) {
            configuration.set("TargetValue", Component.NUMBERS.at("/ecs/api-cpu"));
        }
        return configuration;
    }

    static JsonNode ofMachines() {
        return Component.NUMBERS.path("machines");
    }
}
