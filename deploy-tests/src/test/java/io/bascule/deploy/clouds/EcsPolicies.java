package io.bascule.deploy.clouds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Scalable targets and what they are held at. Metrics of ours come to CloudWatch by the collector, with the cluster as their
 * one dimension.
 */
final class EcsPolicies {

    private static final Pattern RESERVE = Pattern.compile("\\* ([0-9.]+)\\)$");

    private EcsPolicies() {}

    static SequencedMap<String, ObjectNode> of(Component component) {
        SequencedMap<String, ObjectNode> resources = new LinkedHashMap<>();
        resources.put(component.id() + "Pods", target(component));
        JsonNode signals = component.numbers().path("signals");
        if (signals.has("cpu")) {
            boolean api = component.name().equals("api-service");
            String target =
                    api ? "!Ref ApiProcessorTarget" : signals.path("cpu").asText();
            resources.put(component.id() + "ByProcessors", policy(component, "cpu", target, usage("CPU")));
        }
        if (signals.has("memory")) {
            String target = signals.path("memory").asText();
            resources.put(component.id() + "ByMemory", policy(component, "memory", target, usage("Memory")));
        }
        switch (component.name()) {
            case "bridge-service" -> resources.put(component.id() + "ByTunnels", byTunnels(component, signals));
            case "instant-worker" -> resources.put(component.id() + "ByJobs", byJobs(component));
            case "queued-worker" -> resources.put(component.id() + "ByRequired", byRequired(component, signals));
            case "custom-code-runner" -> resources.put(component.id() + "BySpaces", bySpaces(component, signals));
            default -> {
                // Processors and memory say it all.
            }
        }
        return resources;
    }

    private static ObjectNode target(Component component) {
        return CloudFormation.read("""
                Type: AWS::ApplicationAutoScaling::ScalableTarget
                Properties:
                  ServiceNamespace: ecs
                  ScalableDimension: ecs:service:DesiredCount
                  ResourceId: !Sub "service/${Cluster}/${%s.Name}"
                  MinCapacity: %d
                  MaxCapacity: %d
                """.formatted(component.id(), component.least(), component.most()));
    }

    private static ObjectNode byTunnels(Component component, JsonNode signals) {
        String target = signals.at("/per-pod/bascule_bridge_tunnels").asText();
        return policy(component, "tunnels", target, average("bascule_bridge_tunnels"));
    }

    private static ObjectNode byJobs(Component component) {
        return policy(component, "jobs-per-worker", "@{/ecs/jobs-per-worker}", average("JobsPerWorker"));
    }

    /** Workers required with their reserve, for each worker that there is: held at one. */
    private static ObjectNode byRequired(Component component, JsonNode signals) {
        String query =
                signals.at("/queries/queued-tasks-workers-required/query").asText();
        Matcher reserve = RESERVE.matcher(query);
        if (!reserve.find()) {
            throw new IllegalArgumentException(query + " (expected: a reserve at its end, such as * 0.3)");
        }
        return policy(
                component,
                "workers-required",
                "1",
                math(
                        "(required + required * %s) / workers".formatted(reserve.group(1)),
                        stat("required", "Maximum", "queued_tasks_workers_required"),
                        stat("workers", "Maximum", "queued_tasks_workers")));
    }

    /** Sums over samples: as many of both, so that their ratio is the pods'. */
    private static ObjectNode bySpaces(Component component, JsonNode signals) {
        String ratio = signals.at("/queries/custom-code-runner-capacity/ratio").asText();
        return policy(
                component,
                "spaces-taken",
                ratio,
                math(
                        "(total - remaining) / total",
                        stat("total", "Sum", "custom_code_runner_total_job_spaces"),
                        stat("remaining", "Sum", "custom_code_runner_remaining_job_spaces")));
    }

    private static String usage(String of) {
        return "PredefinedMetricSpecification: { PredefinedMetricType: ECSServiceAverage%sUtilization }".formatted(of);
    }

    private static String average(String metric) {
        return """
                CustomizedMetricSpecification:
                  MetricName: %s
                  Namespace: Bascule
                  Statistic: Average
                  Dimensions: [{ Name: Cluster, Value: !Ref Cluster }]
                """.formatted(metric);
    }

    private static String math(String expression, String... stats) {
        return """
                CustomizedMetricSpecification:
                  Metrics:
                    - { Id: held, ReturnData: true, Expression: %s }
                """.formatted(expression) + String.join("", stats).indent(4);
    }

    private static String stat(String id, String stat, String metric) {
        return """
                - Id: %s
                  ReturnData: false
                  MetricStat:
                    Stat: %s
                    Metric: { MetricName: %s, Namespace: Bascule, Dimensions: [{ Name: Cluster, Value: !Ref Cluster }] }
                """.formatted(id, stat, metric);
    }

    private static ObjectNode policy(Component component, String signal, String target, String specification) {
        return CloudFormation.read(
                """
                Type: AWS::ApplicationAutoScaling::ScalingPolicy
                Properties:
                  PolicyName: %s-%s
                  PolicyType: TargetTrackingScaling
                  ScalingTargetId: !Ref %sPods
                  TargetTrackingScalingPolicyConfiguration:
                    TargetValue: %s
                    ScaleOutCooldown: @{/ecs/cooldown/out}
                    ScaleInCooldown: @{/ecs/cooldown/in}
                """.formatted(component.name(), signal, component.id(), target) + specification.indent(4));
    }
}
