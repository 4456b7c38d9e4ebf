package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bascule.scaling.Autoscaler;
import io.bascule.scaling.Moment;
import io.bascule.scaling.PodRange;
import io.bascule.scaling.Reading;
import io.bascule.scaling.ScalingFile;
import io.bascule.scaling.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The chart's scalers, followed by a cluster's own controllers, KEDA and the Prometheus Adapter, on what our pods really say.
 * How many pods that makes is compared with the simulator's arithmetic. Needs, beside what {@link PodsTests} needs, {@code
 * deploy/cluster/metrics}, whose directory is that of {@code KUBECONFIG}.
 */
@Tag("scaling")
@Timeout(2400)
@TestMethodOrder(OrderAnnotation.class)
class PodScalingTests {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final int MOST_LOOKS = 150;
    private static final Duration SHORT = Duration.ofMinutes(2);

    /** The scalers as they are by default, but smaller, and quicker to take pods away. */
    private static final String VALUES = """
        prometheus: { serverAddress: "http://10.244.0.1:9090" }
        podMonitor: { enabled: true, interval: 5s }
        podDeletionCosts: { enabled: true }
        apiService:
          autoscaling: { minReplicas: 1, maxReplicas: 3 }
          resources: { requests: { cpu: 400m, memory: 512Mi } }
        bridgeService: { replicas: 1, maxReplicas: 1, autoscaling: { mode: none }, resources: { requests: { cpu: 20m, memory: 128Mi } } }
        instantWorker:
          autoscaling: { minReplicas: 1, maxReplicas: 5 }
          resources: { requests: { cpu: 50m, memory: 128Mi } }
        queuedWorker:
          autoscaling: { minReplicas: 1, maxReplicas: 9, behavior: { scaleDown: { stabilizationWindowSeconds: 15, policies: [{ type: Percent, value: 100, periodSeconds: 15 }] } } }
          resources: { requests: { cpu: 20m, memory: 128Mi } }
        codeRunner:
          autoscaling: { minReplicas: 1, maxReplicas: 5 }
          resources: { requests: { cpu: 20m, memory: 128Mi } }
        orchestrator: { replicas: 1, resources: { requests: { cpu: 50m, memory: 128Mi } } }
        webUi: { replicas: 1, autoscaling: { mode: none }, resources: { requests: { cpu: 20m, memory: 64Mi } } }
        """;

    @TempDir
    private static Path directory;

    private static Installation platform;
    private static Api api;

    @BeforeAll
    static void install() throws Exception {
        platform = Installation.prepare("bascule-scaling", directory.resolve("keys"));
        platform.upgrade("second", VALUES);
        platform.openVisitor();
        api = platform.api();
        String cluster = platform.cluster().kubeconfig().resolveSibling("").toString();
        platform.cluster()
                .shell()
                .run(
                        SHORT,
                        List.of(
                                "deploy/cluster/metrics",
                                "scrape",
                                cluster,
                                platform.cluster().namespace()));
        api.post("/queues", "{\"name\": \"long\", \"concurrencyLimit\": 5}");
        api.post(
                "/functions",
                "{\"name\": \"wait\", \"timeoutSeconds\": 900, \"source\": \"const handler = ms => new Promise(end =>"
                        + " setTimeout(end, ms));\"}");
    }

    @AfterAll
    static void remove() throws Exception {
        platform.cluster().delete();
    }

    /** The queue lets five of its tasks run at once. When one task is left of its backlog, that one keeps its worker. */
    @Test
    @Order(1)
    void queuedWorkersFollowTheWorkAndABusyOneIsNotTakenAway() throws Exception {
        String stays = wait(Duration.ofMinutes(8), ", \"queue\": \"long\", \"priority\": 10");
        for (int n = 0; n < 60; n++) {
            api.submit("{\"type\": \"echo\", \"queue\": \"long\", \"input\": {\"sleepMillis\": 30000}}");
        }
        int most = settled("queued-worker", 1, new Signal.WorkersRequired(0.3).read(moment(5)));
        assertThat(most).isBetween(6, 7);
        awaitReplicas("queued-worker", most);

        api.post("/queues/long:purge", "");
        awaitReplicas(
                "queued-worker", new Signal.WorkersRequired(0.3).read(moment(1)).wanted(most, most));
        JsonNode left = api.get("/tasks/" + stays);
        String worker = left.path("worker").asText();

        assertThat(costOf(worker)).as("deletion cost of %s", worker).isGreaterThanOrEqualTo(10);
        assertThat(pods("queued-worker")).contains(worker);
        assertThat(left.path("state").asText()).isEqualTo("running");
        assertThat(left.path("attempt").asInt()).isEqualTo(1);
        api.post("/tasks/" + stays + ":cancel", "");
    }

    /** The share of spaces taken, as a value and not as an average, asks for more than three pods while all are taken. */
    @Test
    @Order(2)
    void runnersAndInstantWorkersFollowFunctions() throws Exception {
        List<String> runs = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            runs.add(wait(Duration.ofMinutes(4), ""));
        }

        awaitReplicas(
                "instant-worker",
                new Signal.JobsPerPod("instant_tasks_jobs_total", 5)
                        .read(moment(12))
                        .wanted(1, 1));
        awaitReplicas("custom-code-runner", 5);
        for (String run : runs) {
            api.post("/tasks/" + run + ":cancel", "");
        }
    }

    /** The metrics server's figure for the API's processor time; what it makes of it is up to the load of the moment. */
    @Test
    @Order(3)
    void theApiIsScaledOnItsProcessorTime() throws Exception {
        JsonNode status = read("hpa", "api-service").path("status");

        assertThat(status.path("currentMetrics").findValuesAsText("averageUtilization"))
                .isNotEmpty()
                .allMatch(percent -> Integer.parseInt(percent) > 0);
        assertThat(status.path("conditions"))
                .anyMatch(condition -> condition.path("type").asText().equals("ScalingActive")
                        && condition.path("status").asText().equals("True"));
    }

    /** How many pods the simulator makes of so many, while the metric says the same for a quarter of an hour. */
    private static int settled(String component, int pods, Reading reading) {
        var autoscaler = new Autoscaler(
                new PodRange(1, 9), ScalingFile.deployed().policy(component).pace());
        for (int second = 0; second < 900; second += 15) {
            pods = autoscaler.decide(second, pods, pods, List.of(reading)).pods();
        }
        return pods;
    }

    private static Moment moment(int jobs) {
        return new Moment(0, 0, 0, jobs, 1, 1, 1);
    }

    /** A function that waits, and is tried again while the runners have no space. */
    private static String wait(Duration time, String more) throws Exception {
        return api.submit("""
            {"type": "code.run", "input": {"function": "wait", "input": %d}, "deadline": "%s",
             "retry": {"maxFailures": 100, "backoffSeconds": 1}%s}\
            """.formatted(time.toMillis(), Instant.now().plusSeconds(840), more));
    }

    private static void awaitReplicas(String deployment, int wanted) throws Exception {
        int replicas = -1;
        for (int look = 0; look < MOST_LOOKS && replicas != wanted; look++) {
            replicas = read("deployment", deployment).at("/spec/replicas").asInt();
            LockSupport.parkNanos(replicas == wanted ? 0 : BETWEEN_LOOKS.toNanos());
        }
        assertThat(replicas).as("replicas of %s", deployment).isEqualTo(wanted);
    }

    private static int costOf(String pod) throws Exception {
        return read("pod", pod)
                .at("/metadata/annotations/controller.kubernetes.io~1pod-deletion-cost")
                .asInt();
    }

    /** Those that nobody has asked to leave. */
    private static Set<String> pods(String component) throws Exception {
        JsonNode pods = Installation.JSON.readTree(
                platform.kubectl("get", "pods", "--selector=app.kubernetes.io/name=" + component, "--output=json"));
        return pods.path("items")
                .valueStream()
                .filter(pod -> pod.at("/metadata/deletionTimestamp").isMissingNode())
                .map(pod -> pod.at("/metadata/name").asText())
                .collect(Collectors.toSet());
    }

    private static JsonNode read(String kind, String name) throws Exception {
        return Installation.JSON.readTree(platform.kubectl("get", kind, name, "--output=json"));
    }
}
