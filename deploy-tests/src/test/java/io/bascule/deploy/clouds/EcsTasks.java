package io.bascule.deploy.clouds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bascule.deploy.Checkout;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Task definitions: the program in a read-only container, before it one that lays its keys, beside some a helper. */
final class EcsTasks {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String SHELL = "public.ecr.aws/docker/library/busybox:1.37";
    private static final String CURL = "public.ecr.aws/docker/library/alpine/curl:8.17.0";

    /** What Fargate has: the least memory for so many units of processors, in MiB. */
    private static final Map<Integer, Integer> SIZES = Map.of(256, 512, 512, 1024, 1024, 2048, 2048, 4096);

    private EcsTasks() {}

    static ObjectNode of(Component component) {
        ObjectNode task = task(component.name(), units(component), memory(component));
        ObjectNode properties = (ObjectNode) task.path("Properties");
        ArrayNode containers = properties.putArray("ContainerDefinitions");
        properties.set(
                "Volumes",
                CloudFormation.read("v: [{ Name: keys }, { Name: scratch }]").path("v"));
        containers.add(layKeys(component));
        containers.add(program(component));
        if (component.name().equals("queued-worker")) {
            properties.set(
                    "TaskRoleArn",
                    CloudFormation.read("v: !GetAtt WorkerRole.Arn").path("v"));
            containers.add(protector());
        }
        return task;
    }

    /** Fargate's units of the processors that a component may use: the next size that there is. */
    static int units(Component component) {
        return SIZES.keySet().stream()
                .sorted()
                .filter(units -> units >= component.processors() * 1024 - 60)
                .findFirst()
                .orElseThrow();
    }

    static int memory(Component component) {
        return Math.max(Objects.requireNonNull(SIZES.get(units(component))), component.mebibytes());
    }

    private static ObjectNode task(String name, int units, int memory) {
        return CloudFormation.read("""
                Type: AWS::ECS::TaskDefinition
                Properties:
                  Family: !Sub "${Cluster}-%s"
                  RequiresCompatibilities: [FARGATE]
                  NetworkMode: awsvpc
                  Cpu: "%d"
                  Memory: "%d"
                  ExecutionRoleArn: !GetAtt ExecutionRole.Arn
                """.formatted(name, units, memory));
    }

    private static ObjectNode container(String name, String image) {
        return CloudFormation.read("""
                Name: %s
                Image: %s
                Essential: true
                ReadonlyRootFilesystem: true
                LogConfiguration:
                  LogDriver: awslogs
                  Options: { awslogs-group: !Ref Logs, awslogs-region: !Ref "AWS::Region", awslogs-stream-prefix: bascule }
                """.formatted(name, image.contains("${") ? "!Sub \"" + image + "\"" : image));
    }

    private static ObjectNode program(Component component) {
        ObjectNode container = container(component.name(), "${Images}/%s:${Version}".formatted(component.image()));
        container.put("StopTimeout", component.numbers().at("/leaving/grace").asInt());
        container.set(
                "DependsOn",
                CloudFormation.read("v: [{ ContainerName: keys, Condition: SUCCESS }]")
                        .path("v"));
        container.set("MountPoints", CloudFormation.read("""
                v:
                  - { SourceVolume: keys, ContainerPath: /run/bascule, ReadOnly: true }
                  - { SourceVolume: scratch, ContainerPath: /tmp }
                """).path("v"));
        ArrayNode ports = container.putArray("PortMappings");
        component.ports().values().forEach(port -> ports.addObject().put("ContainerPort", port));
        if (component.hasIdentity()) {
            container.set("HealthCheck", CloudFormation.read("""
                    Command: [CMD, /app/healthy, @{/balancer/path}]
                    Interval: @{/balancer/interval}
                    Timeout: @{/balancer/timeout}
                    Retries: @{/balancer/unhealthy}
                    StartPeriod: 300
                    """));
        }
        ArrayNode environment = container.putArray("Environment");
        component
                .settings()
                .forEach((name, value) ->
                        environment.addObject().put("Name", name).set("Value", sub(EcsTemplate.setting(name, value))));
        ArrayNode secrets = container.putArray("Secrets");
        component.secrets().forEach(name -> secret(secrets, name, Component.secret(name)));
        if (component.name().equals("bridge-service")) {
            environment
                    .addObject()
                    .put("Name", "BRIDGE_REACH")
                    .set("Value", CloudFormation.read("{ Ref: BridgeReach }"));
            container.putArray("EntryPoint").add("bash").add("-c");
            container.putArray("Command").add(Checkout.text("deploy/aws/start-bridge"));
        }
        return container;
    }

    private static JsonNode sub(String value) {
        return value.contains("${") ? JSON.objectNode().put("Fn::Sub", value) : JSON.textNode(value);
    }

    private static void secret(ArrayNode secrets, String variable, String key) {
        secrets.addObject()
                .put("Name", variable)
                .set("ValueFrom", JSON.objectNode().put("Fn::Sub", "${Keys}:%s::".formatted(key)));
    }

    private static ObjectNode layKeys(Component component) {
        ObjectNode container = container("keys", SHELL);
        container.put("Essential", false).put("User", "0");
        container.putArray("Command").add("sh").add("-c").add(Checkout.text("deploy/aws/lay-keys"));
        container.set("MountPoints", CloudFormation.read("""
                v:
                  - { SourceVolume: keys, ContainerPath: /run/bascule }
                  - { SourceVolume: scratch, ContainerPath: /scratch }
                """).path("v"));
        ArrayNode secrets = container.putArray("Secrets");
        if (component.hasIdentity()) {
            secret(secrets, "IDENTITY", "identity-" + component.identity());
            secret(secrets, "TRUSTED", "trusted");
        }
        if (component.hasMasterKey()) {
            secret(secrets, "MASTER", "master-key");
        }
        return container;
    }

    private static ObjectNode protector() {
        ObjectNode container = container("protect-while-busy", CURL);
        container.put("Essential", false);
        container.putArray("EntryPoint").add("sh").add("-c");
        container.putArray("Command").add(Checkout.text("deploy/aws/protect-while-busy"));
        return container;
    }

    /** The database's schema: a task that is run by hand or by {@code deploy/aws/upgrade}, before the services change. */
    static Map<String, ObjectNode> migration() {
        ObjectNode task = task("migration", 256, 512);
        ObjectNode container = container("migration", "${Images}/schema:${Version}");
        container.put("ReadonlyRootFilesystem", false);
        container
                .putArray("Command")
                .addAll(List.of(JSON.textNode("--migrate"), JSON.textNode("--wait"), JSON.textNode("5m")));
        container
                .putArray("Environment")
                .addObject()
                .put("Name", "BASCULE_DATABASE_URL")
                .set("Value", sub("jdbc:postgresql://${DatabaseHost}:5432/bascule"));
        ArrayNode secrets = container.putArray("Secrets");
        List.of("BASCULE_DATABASE_USERNAME", "BASCULE_DATABASE_PASSWORD")
                .forEach(name -> secret(secrets, name, Component.secret(name)));
        ((ObjectNode) task.path("Properties")).putArray("ContainerDefinitions").add(container);
        return Map.of("MigrationTask", task);
    }
}
