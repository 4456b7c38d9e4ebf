package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
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
 * People come in by a Gateway: the chart's routes, with tunnels over bridges by their own names, and with a second release that is
 * given a share of the requests. Needs what {@link PodsTests} needs, and that {@code deploy/cluster/gateway} runs: {@code ./mvnw
 * -Ppods verify}.
 */
@Tag("pods")
@Timeout(1200)
@TestMethodOrder(OrderAnnotation.class)
class GatewayTests {

    private static final String VALUES = Installation.ONE_OF_EACH + """
            bridgeService:
              replicas: 2
              maxReplicas: 2
              domain: bridges.test
              publicPort: 8443
              autoscaling: { mode: none }
              resources: { requests: { cpu: 20m, memory: 128Mi } }
            gateway:
              enabled: true
              parentRefs: [{ name: door, sectionName: http }]
              bridges: { enabled: true, parentRefs: [{ name: door, sectionName: bridges }] }
            """;

    /** Asked by nobody else. */
    private static final String COUNTED = "/schedules";

    private static final String COUNTER = "http_requests_total{endpoint=\"/api/{version}/schedules\",method=\"GET\"";

    private static final int MOST_LOOKS = 100;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    @TempDir
    private static Path directory;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Installation platform;
    private static Location location;
    private static String door;
    private static Api api;

    @BeforeAll
    static void installBehindTheDoor() throws Exception {
        platform = Installation.prepare("bascule-gateway", directory.resolve("keys"));
        platform.kubectl("apply", "--filename", "deploy/cluster/door.yaml");
        platform.kubectl("wait", "--for=condition=programmed", "--timeout=60s", "gateway/door");
        door = platform.kubectl("get", "gateway", "door", "--output=jsonpath={.status.addresses[0].value}");
        platform.upgrade("first", VALUES);
        location = Location.open(platform);
        api = platform.api("http://%s:8000".formatted(door));
    }

    @AfterAll
    static void remove() throws Exception {
        platform.cluster().delete();
    }

    @Test
    @Order(1)
    void aTunnelGoesToABridgeByItsNameThroughTheDoor() throws Exception {
        double before =
                sum(pods("bridge-service", "bascule"), "bascule_bridge_bytes_total{direction=\"agent_to_client\"");

        location.assertThatAllWorks(api);
        assertThat(location.psql("select repeat('x', 1000000)")).contains("xxx");

        assertThat(sum(pods("bridge-service", "bascule"), "bascule_bridge_bytes_total{direction=\"agent_to_client\"")
                        - before)
                .isGreaterThan(1_000_000);
        // The agent's to both bridges, and the visitor's.
        assertThat(sum(List.of(door + ":8100/metrics"), "traefik_open_connections{entrypoint=\"tls\""))
                .isGreaterThanOrEqualTo(3);
        assertThat(get("http://%s:8000/".formatted(door))).contains("<html");
    }

    /** As values-canary.yaml says, with the newer version's migration. */
    @Test
    @Order(2)
    void aCanaryIsGivenItsShare() throws Exception {
        String canary = Files.readString(Checkout.file("charts/bascule/values-canary.yaml"))
                .replace("migration: { mode: none }", "migration: { mode: hook }");
        String small = Installation.ONE_OF_EACH.substring(0, Installation.ONE_OF_EACH.indexOf("instantWorker"))
                + "webUi: *one\nimage: { prefix: bascule, tag: second, pullPolicy: Never }\n";
        var release = platform.cluster()
                .install(
                        "bascule-canary",
                        canary + small,
                        command -> command.waitReady().withTimeout(600));
        assertThat(release.getStatus()).isEqualTo("deployed");

        give(10);
        awaitRise("bascule-canary");
        int requests = 1_000;
        double before = counted("bascule");
        double canaryBefore = counted("bascule-canary");
        for (int n = 0; n < requests; n++) {
            api.get(COUNTED);
        }

        double share = counted("bascule-canary") - canaryBefore;
        assertThat(counted("bascule") - before + share).isEqualTo(requests);
        // Four standard deviations of as many throws.
        assertThat(share).isBetween(100 - 38.0, 100 + 38.0);
    }

    @Test
    @Order(3)
    void allRequestsGoThereAndBackUnnoticed() throws Exception {
        api.post("/queues", "{\"name\": \"%s\"}".formatted(Load.QUEUE));
        try (var load = new Load(api)) {
            load.start(() -> api.get(COUNTED));

            give(100);
            awaitRest("bascule");
            awaitRise("bascule-canary");
            assertThat(get("http://%s:8000/".formatted(door))).contains("<html");

            give(0);
            awaitRest("bascule-canary");
            awaitRise("bascule");
            load.stop();

            load.assertThatNobodyNoticed();
        }
    }

    /** So many of 100 requests to the second release. */
    private static void give(int weight) throws Exception {
        platform.upgrade(
                "first",
                VALUES.replace(
                        "gateway:\n", "gateway:\n  other: { namePrefix: canary-, weight: %d }\n".formatted(weight)));
    }

    private static void awaitRise(String release) throws Exception {
        double before = counted(release);
        for (int look = 0; look < MOST_LOOKS && counted(release) == before; look++) {
            api.get(COUNTED);
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        assertThat(counted(release)).as("requests to %s", release).isGreaterThan(before);
    }

    /** Until a hundred requests have gone past it. */
    private static void awaitRest(String release) throws Exception {
        double before = -1;
        for (int look = 0; look < MOST_LOOKS && counted(release) != before; look++) {
            before = counted(release);
            for (int n = 0; n < 100; n++) {
                api.get(COUNTED);
            }
        }
        assertThat(counted(release)).as("requests to %s", release).isEqualTo(before);
    }

    private static double counted(String release) throws Exception {
        return sum(pods("api-service", release), COUNTER);
    }

    /** Where pods of a release have their metrics. */
    private static List<String> pods(String component, String release) throws Exception {
        return platform.kubectl(
                        "get",
                        "pods",
                        "--selector=app.kubernetes.io/name=%s,app.kubernetes.io/instance=%s"
                                .formatted(component, release),
                        "--output=jsonpath={range .items[*]}{.status.podIP}:5000/prometheus{\"\\n\"}{end}")
                .lines()
                .toList();
    }

    /** The values of all series that begin so. */
    private static double sum(List<String> pages, String beginning) throws Exception {
        double sum = 0;
        for (String page : pages) {
            sum += get("http://" + page)
                    .lines()
                    .filter(line -> line.startsWith(beginning))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
        return sum;
    }

    private static String get(String url) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .build();
        var response = HTTP.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(url).isEqualTo(200);
        return response.body();
    }
}
