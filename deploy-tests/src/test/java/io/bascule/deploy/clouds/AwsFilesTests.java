package io.bascule.deploy.clouds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bascule.deploy.Checkout;
import io.bascule.deploy.GeneratedFiles;
import io.bascule.deploy.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Run with {@code -Ddeploy.refresh} to write the committed files anew. */
class AwsFilesTests {

    private static final JsonNode ECS = Checkout.yaml("deploy/aws/ecs.yaml");
    private static final JsonNode MACHINES = Checkout.yaml("deploy/aws/machines.yaml");
    private static final JsonNode KNOWN = known();
    private static final Pattern NAMED = Pattern.compile("\\$\\{([A-Za-z]+)(?:\\.[A-Za-z]+)?}");

    private static JsonNode known() {
        try (var file = AwsFilesTests.class.getResourceAsStream("cloudformation-properties.yaml")) {
            return Yaml.tree(new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theCommittedFilesAreWhatTheNumbersSay() {
        GeneratedFiles.areAllOf("deploy/aws", CloudFiles.aws());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "machines"})
    void everyResourceHasItsRequiredPropertiesAndNoneThatCloudFormationDoesNotKnow(String file) {
        JsonNode resources = Checkout.yaml("deploy/aws/%s.yaml".formatted(file)).path("Resources");

        assertThat(resources.size()).isGreaterThan(15);
        resources.properties().forEach(resource -> {
            String type = resource.getValue().path("Type").asText();
            Set<String> has = names(resource.getValue().path("Properties"));
            List<String> names = Arrays.asList(KNOWN.path(type).asText().split("\\s+"));
            assertThat(names.stream().map(name -> name.replace("*", "")))
                    .as("%s, a %s", resource.getKey(), type)
                    .containsAll(has);
            assertThat(has)
                    .as(resource.getKey())
                    .containsAll(names.stream()
                            .filter(name -> name.endsWith("*"))
                            .map(name -> name.replace("*", ""))
                            .toList());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "machines"})
    void everyNameThatIsReferredToIsThereAndEveryParameterIsUsed(String file) {
        JsonNode template = Checkout.yaml("deploy/aws/%s.yaml".formatted(file));
        Set<String> there = names(template.path("Parameters"));
        there.addAll(names(template.path("Resources")));
        Set<String> named = new HashSet<>(template.findValuesAsText("Ref"));
        template.findValues("Fn::GetAtt").forEach(of -> named.add(of.path(0).asText()));
        template.findValuesAsText("Fn::Sub")
                .forEach(text -> NAMED.matcher(text).results().forEach(name -> named.add(name.group(1))));
        named.removeIf(name -> name.startsWith("AWS"));

        assertThat(there).containsAll(named);
        assertThat(named).containsAll(names(template.path("Parameters")));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void whoScalesHasNoDesiredCountForAnUpdateToSetBack() {
        for (Component component : Component.all()) {
            JsonNode service = ECS.path("Resources").path(component.id()).path("Properties");
            assertThat(service.path("ServiceName").asText()).isEqualTo(component.name());
            assertThat(service.has("DesiredCount")).as(component.name()).isEqualTo(!component.scales());
        }
        assertThat(ECS.at("/Resources/Orchestrator/Properties/DesiredCount").asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ApiServicePods/Properties/MinCapacity | 2
            ApiServicePods/Properties/MaxCapacity | 10
            InstantWorkerPods/Properties/MaxCapacity | 20
            QueuedWorkerPods/Properties/MaxCapacity | 50
            ApiServiceByProcessors/Properties/TargetTrackingScalingPolicyConfiguration/ScaleOutCooldown | 60
            ApiServiceByProcessors/Properties/TargetTrackingScalingPolicyConfiguration/ScaleInCooldown | 300
            InstantWorkerByJobs/Properties/TargetTrackingScalingPolicyConfiguration/TargetValue | 5
            InstantWorkerByJobs/Properties/TargetTrackingScalingPolicyConfiguration/CustomizedMetricSpecification/MetricName | JobsPerWorker
            InstantWorkerByJobs/Properties/TargetTrackingScalingPolicyConfiguration/CustomizedMetricSpecification/Statistic | Average
            QueuedWorkerByRequired/Properties/TargetTrackingScalingPolicyConfiguration/CustomizedMetricSpecification/Metrics/0/Expression | (required + required * 0.3) / workers
            CustomCodeRunnerBySpaces/Properties/TargetTrackingScalingPolicyConfiguration/TargetValue | 0.45
            ApiServiceTargets/Properties/HealthCheckPath | /health/live
            ApiServiceTargets/Properties/HealthCheckIntervalSeconds | 30
            ApiServiceTargets/Properties/HealthCheckTimeoutSeconds | 5
            ApiServiceTargets/Properties/HealthyThresholdCount | 2
            ApiServiceTargets/Properties/UnhealthyThresholdCount | 3
            ApiServiceTargets/Properties/TargetGroupAttributes/0/Value | 60
            """)
    void theReferencesNumbersOfEcs(String place, String value) {
        assertThat(ECS.at("/Resources/" + place).asText()).isEqualTo(value);
        assertThat(ECS.at("/Parameters/ApiProcessorTarget/Default").asInt()).isEqualTo(50);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            Machines/Properties/MinSize | 2
            Machines/Properties/MaxSize | 10
            Machines/Properties/DesiredCapacity | 3
            Machines/Properties/HealthCheckGracePeriod | 300
            Machines/Properties/Cooldown | 300
            ByProcessors/Properties/TargetTrackingConfiguration/TargetValue | 70
            ByMemory/Properties/TargetTrackingConfiguration/TargetValue | 80
            ByMemory/Properties/TargetTrackingConfiguration/CustomizedMetricSpecification/MetricName | mem_used_percent
            ByRequests/Properties/StepAdjustments/0/ScalingAdjustment | 10
            ByRequests/Properties/StepAdjustments/0/MetricIntervalUpperBound | 100
            ByRequests/Properties/StepAdjustments/1/ScalingAdjustment | 30
            ManyRequests/Properties/Threshold | 1000
            AtBusinessHours/Properties/Recurrence | 0 8 * * MON-FRI
            AtBusinessHours/Properties/MinSize | 3
            AtBusinessHours/Properties/MaxSize | 10
            AtBusinessHours/Properties/DesiredCapacity | 5
            AtNight/Properties/Recurrence | 0 22 * * *
            AtNight/Properties/MinSize | 2
            AtNight/Properties/MaxSize | 10
            AtNight/Properties/DesiredCapacity | 2
            MaxCapacity/Properties/Threshold | 9
            MaxCapacity/Properties/Period | 300
            Drain/Properties/LifecycleTransition | autoscaling:EC2_INSTANCE_TERMINATING
            Machine/Properties/LaunchTemplateData/InstanceType/Ref | MachineType
            """)
    void theReferencesNumbersOfMachines(String place, String value) {
        assertThat(MACHINES.at("/Resources/" + place).asText()).isEqualTo(value);
        assertThat(MACHINES.at("/Parameters/MachineType/Default").asText()).isEqualTo("t3.medium");
    }

    @Test
    void aTaskIsGivenItsOwnPrivateKeyOnlyAndTheApiAloneTheMasterKey() {
        for (Component component : Component.all()) {
            String task = ECS.path("Resources").path(component.id() + "Task").toString();
            Component.all().stream()
                    .filter(Component::hasIdentity)
                    .forEach(other -> assertThat(task.contains("${Keys}:identity-" + other.identity() + "::"))
                            .as("%s has the key of %s", component.name(), other.name())
                            .isEqualTo(component.equals(other)));
            assertThat(task.contains(":master-key::"))
                    .isEqualTo(component.name().equals("api-service"));
        }
    }

    @Test
    void noAliasIsLeftSinceCloudFormationTakesNone() {
        for (String text : CloudFiles.aws().values()) {
            assertThat(text).doesNotContainPattern("(?m): [&*][a-zA-Z]").doesNotContain("@{");
        }
    }
}
