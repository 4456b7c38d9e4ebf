package io.bascule.deploy.clouds;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bascule.deploy.Checkout;
import java.util.Map;

/** CloudFormation for ECS on Fargate. Who scales has no DesiredCount: each update would set it back. */
final class EcsTemplate {

    private static final Map<String, String> PLACES = Map.of(
            "DATABASE", "${DatabaseHost}",
            "REDIS", "${RedisHost}",
            "KAFKA:9092", "${KafkaServers}",
            "/run/identity/", "/run/bascule/",
            "/run/trusted", "/run/bascule/trusted",
            "/run/master/", "/run/bascule/",
            "//api-service:", "//api-service.${Cluster}.internal:",
            "custom-code-runner:", "custom-code-runner.${Cluster}.internal:");

    private EcsTemplate() {}

    static ObjectNode template() {
        ObjectNode template = CloudFormation.resource("ecs.yaml");
        ObjectNode resources = (ObjectNode) template.path("Resources");
        ((ObjectNode) resources.at("/CollectorTask/Properties/ContainerDefinitions/0/Environment/0/Value"))
                .put("Fn::Sub", withoutComments(Checkout.text("deploy/aws/collector.yml")));
        resources.setAll(EcsTasks.migration());
        for (Component component : Component.all()) {
            resources.set(component.id() + "Task", EcsTasks.of(component));
            resources.set(component.id() + "Name", name(component));
            resources.set(component.id(), service(component));
            if (component.scales()) {
                resources.setAll(EcsPolicies.of(component));
            }
        }
        return template;
    }

    private static String withoutComments(String text) {
        return text.replaceAll("(?m)^ *#.*\n", "");
    }

    /** A setting as it is on ECS. */
    static String setting(String name, String value) {
        if (name.equals("SPRING_DATA_REDIS_SSL_ENABLED")) {
            return "${RedisTls}";
        }
        String here = value;
        for (Map.Entry<String, String> place : PLACES.entrySet()) {
            here = here.replace(place.getKey(), place.getValue());
        }
        return here;
    }

    private static ObjectNode name(Component component) {
        return CloudFormation.read("""
                Type: AWS::ServiceDiscovery::Service
                Properties:
                  Name: %s
                  NamespaceId: !Ref Names
                  DnsConfig: { RoutingPolicy: MULTIVALUE, DnsRecords: [{ Type: A, TTL: 5 }] }
                """.formatted(component.name()));
    }

    private static ObjectNode service(Component component) {
        ObjectNode service = CloudFormation.read("""
                Type: AWS::ECS::Service
                Properties:
                  Cluster: !Ref EcsCluster
                  ServiceName: %1$s
                  LaunchType: FARGATE
                  TaskDefinition: !Ref %2$sTask
                  DeploymentConfiguration:
                    MinimumHealthyPercent: 100
                    MaximumPercent: 200
                    DeploymentCircuitBreaker: { Enable: true, Rollback: true }
                  NetworkConfiguration: { AwsvpcConfiguration: { Subnets: !Ref TaskSubnets, SecurityGroups: [!Ref TaskGroup] } }
                  ServiceRegistries: [{ RegistryArn: !GetAtt %2$sName.Arn }]
                """.formatted(component.name(), component.id()));
        ObjectNode properties = (ObjectNode) service.path("Properties");
        if (!component.scales()) {
            properties.put("DesiredCount", component.least());
        }
        switch (component.name()) {
            case "api-service" -> behind(service, component, "ApiServiceTargets", "ToApi");
            case "web-ui" -> behind(service, component, "WebUiTargets", "Door");
            case "bridge-service" -> properties.set("NetworkConfiguration", CloudFormation.read("""
                        AwsvpcConfiguration:
                          Subnets: !Ref BridgeSubnets
                          SecurityGroups: [!Ref TaskGroup, !Ref BridgeGroup]
                          AssignPublicIp: !If [BridgesArePublic, ENABLED, DISABLED]
                        """));
            default -> {
                // Nobody outside calls it.
            }
        }
        return service;
    }

    private static void behind(ObjectNode service, Component component, String targets, String route) {
        service.put("DependsOn", route);
        ObjectNode properties = (ObjectNode) service.path("Properties");
        properties.put("HealthCheckGracePeriodSeconds", 300);
        ArrayNode balancers = properties.putArray("LoadBalancers");
        balancers.add(CloudFormation.read("{ ContainerName: %s, ContainerPort: %d, TargetGroupArn: !Ref %s }"
                .formatted(component.name(), component.port("http"), targets)));
    }
}
