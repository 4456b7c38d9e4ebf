package io.bascule.orchestrator.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.bascule.testsupport.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What is sent, over TLS. That a real cluster understands it is shown where there is one (deploy-tests, {@code -Ppods}). */
@Timeout(60)
class KubernetesPodsTests {

    private static final String TWO_PODS = """
            {"items": [
              {"metadata": {"name": "new"}},
              {"metadata": {"name": "busy", "annotations": {"controller.kubernetes.io/pod-deletion-cost": "12"}}}]}""";

    private static TestCertificate certificate;

    private final List<String> requests = new ArrayList<>();
    private int status = 200;
    private String answer = TWO_PODS;

    /** Who is asked answers when it is at zero. */
    private volatile CountDownLatch silent = new CountDownLatch(0);

    @TempDir
    private Path account;

    private HttpsServer api;
    private KubernetesPods pods;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.of("localhost");
    }

    @BeforeEach
    void start() throws Exception {
        api = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        api.createContext("/", this::answer);
        api.start();
        Files.writeString(account.resolve("ca.crt"), certificate.pem());
        Files.writeString(account.resolve("token"), "first\n");
        Files.writeString(account.resolve("namespace"), "platform");
        pods = pods();
    }

    @AfterEach
    void stop() {
        silent.countDown();
        pods.close();
        api.stop(0);
    }

    private KubernetesPods pods() {
        var url = URI.create("https://localhost:" + api.getAddress().getPort());
        return KubernetesPods.of(new PodsProperties(true, url, account, "app in (worker)"), JsonMapper.shared());
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add("%s %s %s %s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        await();
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void await() {
        try {
            silent.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void podsAreListedWithTheCostThatStandsOnThem() {
        assertThat(pods.list()).containsExactly(new WorkerPod("new", 0), new WorkerPod("busy", 12));
        assertThat(requests)
                .containsExactly(
                        "GET /api/v1/namespaces/platform/pods?labelSelector=app+in+%28worker%29 Bearer first ");
    }

    /** The kubelet replaces the token long before it runs out. */
    @Test
    void aCostIsPatchedWithTheTokenOfTheMoment() throws Exception {
        Files.writeString(account.resolve("token"), "second");

        pods.setCost("busy", 13);

        assertThat(requests)
                .containsExactly("PATCH /api/v1/namespaces/platform/pods/busy Bearer second "
                        + "{\"metadata\":{\"annotations\":{\"controller.kubernetes.io/pod-deletion-cost\":\"13\"}}}");
    }

    @Test
    void aPodThatIsGoneIsNoFailure() {
        status = 404;

        pods.setCost("gone", 10);

        assertThat(requests).hasSize(1);
    }

    @Test
    void aRefusalSaysWhichRightIsMissing() {
        status = 403;

        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(pods::list)
                .withMessageContaining("Role with list and patch of pods");
    }

    @Test
    void aClusterThatIsSilentIsNotWaitedForForever() {
        silent = new CountDownLatch(1);

        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(pods::list)
                .withMessageContaining("does not answer")
                .withCauseInstanceOf(HttpTimeoutException.class);
        assertThat(requests).hasSize(1);
    }

    @Test
    void aClusterThatIsAwayIsTold() {
        api.stop(0);

        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> pods.setCost("busy", 11))
                .withMessageContaining("does not answer");
    }

    @Test
    void aMissingTokenIsToldByItsFile() throws Exception {
        Files.delete(account.resolve("token"));

        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(pods::list)
                .withMessageContaining(account.resolve("token").toString());
    }

    @Test
    void aServerWithAnotherCertificateIsNotAsked() throws Exception {
        Files.writeString(
                account.resolve("ca.crt"), TestCertificate.of("localhost").pem());

        try (KubernetesPods others = pods()) {
            assertThatExceptionOfType(ClusterException.class)
                    .isThrownBy(others::list)
                    .withMessageContaining("does not answer");
        }
        assertThat(requests).isEmpty();
    }
}
