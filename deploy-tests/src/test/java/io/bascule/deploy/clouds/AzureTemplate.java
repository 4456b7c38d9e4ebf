package io.bascule.deploy.clouds;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bascule.deploy.Checkout;
import io.bascule.deploy.Yaml;
import java.util.List;
import java.util.Map;

/**
 * An ARM template for Azure Container Apps. Bridges are not in it: each is dialled by itself, and an app's replicas share one
 * address.
 */
final class AzureTemplate {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** What Container Apps let one replica have: pairs of processors and twice as many Gi. */
    private static final List<Double> SIZES = List.of(0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0);

    private AzureTemplate() {}

    static ObjectNode template() {
        ObjectNode template = JSON.objectNode()
                .put("$schema", "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#")
                .put("contentVersion", "1.0.0.0");
        ObjectNode parameters = template.putObject("parameters");
        for (String name : List.of(
                "environmentId",
                "identityId",
                "keyVault",
                "images",
                "version",
                "databaseHost",
                "redisHost",
                "kafkaServers",
                "prometheus")) {
            parameters.putObject(name).put("type", "string");
        }
        ArrayNode resources = template.putArray("resources");
        components().forEach(component -> resources.add(app(component)));
        return template;
    }

    static List<Component> components() {
        return Component.all().stream()
                .filter(component -> !component.name().equals("bridge-service"))
                .toList();
    }

    private static ObjectNode app(Component component) {
        ObjectNode app = JSON.objectNode()
                .put("type", "Microsoft.App/containerApps")
                .put("apiVersion", "2025-01-01")
                .put("name", component.name())
                .put("location", "[resourceGroup().location]");
        app.set(
                "identity",
                Yaml.tree("{ type: UserAssigned, userAssignedIdentities: { \"[parameters('identityId')]\": {} } }"));
        ObjectNode properties = app.putObject("properties");
        properties.put("environmentId", "[parameters('environmentId')]");
        ObjectNode configuration = properties.putObject("configuration").put("activeRevisionsMode", "Single");
        configuration.set("ingress", ingress(component));
        ArrayNode secrets = configuration.putArray("secrets");
        component.secrets().forEach(variable -> secret(secrets, Component.secret(variable)));
        if (component.hasIdentity()) {
            secret(secrets, "identity-" + component.identity());
            secret(secrets, "trusted");
        }
        if (component.hasMasterKey()) {
            secret(secrets, "master-key");
        }
        ObjectNode inside = properties.putObject("template");
        inside.put(
                "terminationGracePeriodSeconds",
                component.numbers().at("/leaving/grace").asInt());
        inside.putArray("containers").add(container(component));
        if (component.hasIdentity()) {
            inside.putArray("initContainers").add(layKeys(component));
            inside.set("volumes", Yaml.tree("[{ name: keys, storageType: EmptyDir }]"));
        }
        inside.set("scale", scale(component));
        return app;
    }

    /** The UI is the door, and leads /api to the API; all others are reached within the environment only. */
    private static ObjectNode ingress(Component component) {
        boolean door = component.name().equals("web-ui") || component.name().equals("api-service");
        ObjectNode ingress = JSON.objectNode().put("external", door);
        boolean calls = component.ports().containsKey("calls");
        ingress.put("targetPort", component.port(calls ? "calls" : "http"));
        ingress.put("transport", calls ? "http2" : "auto").put("allowInsecure", !door);
        return ingress;
    }

    private static void secret(ArrayNode secrets, String name) {
        secrets.addObject()
                .put("name", name)
                .put("keyVaultUrl", "[concat(parameters('keyVault'), '/secrets/%s')]".formatted(name))
                .put("identity", "[parameters('identityId')]");
    }

    private static ObjectNode container(Component component) {
        ObjectNode container = JSON.objectNode()
                .put("name", component.name())
                .put(
                        "image",
                        "[concat(parameters('images'), '/%s:', parameters('version'))]".formatted(component.image()));
        container.set("resources", resources(component));
        ArrayNode env = container.putArray("env");
        component
                .settings()
                .forEach((name, value) -> env.addObject().put("name", name).put("value", setting(value)));
        component.secrets().forEach(name -> env.addObject().put("name", name).put("secretRef", Component.secret(name)));
        if (component.hasIdentity()) {
            container.set("volumeMounts", Yaml.tree("[{ volumeName: keys, mountPath: /run/bascule }]"));
        }
        ArrayNode probes = container.putArray("probes");
        Component.NUMBERS.path("probes").properties().forEach(probe -> {
            ObjectNode one = probes.addObject().put("type", first(probe.getKey()));
            boolean program = component.hasIdentity();
            one.putObject("httpGet")
                    .put("path", program ? probe.getValue().path("path").asText() : "/")
                    .put("port", component.port("http"));
            one.put("periodSeconds", probe.getValue().path("period").asInt());
            // Container Apps allow ten failures at most, and longer periods instead.
            int failures = probe.getValue().path("failures").asInt();
            one.put("failureThreshold", Math.min(10, failures));
            if (failures > 10) {
                one.put("periodSeconds", probe.getValue().path("period").asInt() * failures / 10);
            }
            if (probe.getValue().has("timeout")) {
                one.put("timeoutSeconds", probe.getValue().path("timeout").asInt());
                one.put("initialDelaySeconds", probe.getValue().path("delay").asInt());
            }
        });
        return container;
    }

    private static String first(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static String setting(String value) {
        String here = value.replace("/run/identity/", "/run/bascule/")
                .replace("/run/trusted", "/run/bascule/trusted")
                .replace("/run/master/", "/run/bascule/")
                .replace("//api-service:5000", "//api-service")
                .replace("custom-code-runner:5090", "custom-code-runner:80");
        for (Map.Entry<String, String> store : Map.of(
                        "DATABASE", "databaseHost", "REDIS", "redisHost", "KAFKA:9092", "kafkaServers")
                .entrySet()) {
            int at = here.indexOf(store.getKey());
            if (at >= 0) {
                return "[concat('%s', parameters('%s'), '%s')]"
                        .formatted(
                                here.substring(0, at),
                                store.getValue(),
                                here.substring(at + store.getKey().length()));
            }
        }
        return here;
    }

    private static ObjectNode resources(Component component) {
        double processors = SIZES.stream()
                .filter(size -> size >= component.processors() && size * 2048 >= component.mebibytes())
                .findFirst()
                .orElseThrow();
        return JSON.objectNode().put("cpu", processors).put("memory", "%sGi".formatted(processors * 2));
    }

    private static ObjectNode layKeys(Component component) {
        ObjectNode container = JSON.objectNode().put("name", "keys").put("image", "busybox:1.37");
        container.set("resources", Yaml.tree("{ cpu: 0.25, memory: 0.5Gi }"));
        container.putArray("command").add("sh").add("-c");
        container.putArray("args").add(Checkout.text("deploy/aws/lay-keys"));
        ArrayNode env = container.putArray("env");
        env.addObject().put("name", "IDENTITY").put("secretRef", "identity-" + component.identity());
        env.addObject().put("name", "TRUSTED").put("secretRef", "trusted");
        env.addObject().put("name", "SCRATCH").put("value", "/tmp");
        if (component.hasMasterKey()) {
            env.addObject().put("name", "MASTER").put("secretRef", "master-key");
        }
        container.set("volumeMounts", Yaml.tree("[{ volumeName: keys, mountPath: /run/bascule }]"));
        return container;
    }

    private static ObjectNode scale(Component component) {
        ObjectNode scale =
                JSON.objectNode().put("minReplicas", component.least()).put("maxReplicas", component.most());
        ArrayNode rules = scale.putArray("rules");
        if (component.scales() && component.numbers().path("signals").has("cpu")) {
            rules.add(Yaml.tree("{ name: http-scaling, http: { metadata: { concurrentRequests: '%s' } } }"
                    .formatted(Component.NUMBERS.at("/azure/requests-at-once").asText())));
        }
        // KEDA's own scaler, which Container Apps have inside; a ratio would be shared by the pods there, so what is
        // asked for is how many pods would have the ratio.
        component.numbers().at("/signals/queries").properties().forEach(query -> {
            String text = query.getValue().path("query").asText();
            ObjectNode custom = rules.addObject().put("name", query.getKey()).putObject("custom");
            custom.put("type", "prometheus");
            boolean ratio = query.getValue().has("ratio");
            custom.putObject("metadata")
                    .put("serverAddress", "[parameters('prometheus')]")
                    .put("query", ratio ? "count(custom_code_runner_total_job_spaces) * (" + text + ")" : text)
                    .put(
                            "threshold",
                            query.getValue().path(ratio ? "ratio" : "average").asText())
                    .put("ignoreNullValues", "false");
        });
        return scale;
    }
}
