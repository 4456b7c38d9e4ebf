package io.bascule.api.scaling.recorded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.RequestOrigin;
import io.bascule.api.caller.Role;
import io.bascule.api.scaling.prometheus.AskPrometheus;
import io.bascule.api.scaling.prometheus.PrometheusProblem;
import io.bascule.api.scaling.prometheus.PrometheusProperties;
import io.bascule.scaling.RecordedLoad;
import io.bascule.service.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Prometheus that answers as it likes. */
@Timeout(30)
class ReadRecordedLoadTests {

    private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

    /** Not what is tested, unless said: nothing may hang on how fast this machine is. */
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private static final String TOO_SLOW = "no whole answer within";
    private static final String ANSWER =
            "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},\"values\":[%s]}]}}";

    private final HttpServer server = server();
    private final AtomicReference<@Nullable String> asked = new AtomicReference<>();
    private final CountDownLatch end = new CountDownLatch(1);

    private static HttpServer server() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return server;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    private RecordedLoadView read(String component, int minutes, Caller caller) {
        return reading(
                "http://127.0.0.1:%d/base/".formatted(server.getAddress().getPort()), component, minutes, caller);
    }

    private static RecordedLoadView reading(String url, String component, int minutes, Caller caller) {
        return reading(url, component, minutes, caller, PATIENT);
    }

    private static RecordedLoadView reading(
            String url, String component, int minutes, Caller caller, Duration timeout) {
        var properties = new PrometheusProperties(URI.create(url), timeout);
        try (var prometheus = new AskPrometheus(properties)) {
            return new ReadRecordedLoad(prometheus, () -> NOW).read(caller, component, minutes);
        }
    }

    private static Caller caller(String workspace) {
        return new Caller(
                UUID.randomUUID(),
                workspace,
                UUID.randomUUID(),
                "ann",
                Role.VIEWER,
                new RequestOrigin("127.0.0.1", "r-1"),
                null);
    }

    private void answers(int status, String body) {
        answers(exchange -> {
            asked.set(URLDecoder.decode(exchange.getRequestURI().getRawQuery(), UTF_8));
            send(exchange, status, body);
        });
    }

    private void answers(HttpHandler handler) {
        server.createContext("/base/api/v1/query_range", handler);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void whatCameIsReadWithBoundedPointsAndCanBeReplayed() {
        answers(200, ANSWER.formatted("[1763877600,\"0.5\"],[1763877720,\"2\"]"));

        RecordedLoadView load = read("queued-worker", 1440, caller("default"));

        assertThat(asked.get())
                .isEqualTo(
                        "query=sum(rate(bascule_task_accepted_total{lane=\"queued\"}[120s]))&start=%d&end=%d&step=120"
                                .formatted(NOW.getEpochSecond() - 86_400, NOW.getEpochSecond()));
        assertThat(load.samples()).isEqualTo(2);
        assertThat(RecordedLoad.read(load.recorded()).at(120)).isEqualTo(2);
        read("custom-code-runner", 1, caller("default"));
        assertThat(asked.get()).contains("{type=\"code.run\"}[60s]").endsWith("step=15");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}} | nothing-recorded",
                "400 | {\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"exceeded 11,000 points\"} |"
                        + " prometheus-answer-unusable",
                "200 | <html>sign in</html> | prometheus-answer-unusable",
                "302 | '' | prometheus-answer-unusable",
                "503 | starting | prometheus-answer-unusable",
            })
    void anAnswerThatIsNoLoadIsToldAsSuch(int status, String body, String code) {
        answers(status, body);

        assertThatThrownBy(() -> read("queued-worker", 60, caller("default")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
        assertThat(asked.get()).isNotNull();
    }

    @Test
    void oneThatIsNotThereSaysSoAndWhenToTryAgain() {
        server.stop(0);

        assertThat(away("http://127.0.0.1:%d".formatted(server.getAddress().getPort()), PATIENT))
                .doesNotContain(TOO_SLOW);
    }

    @Test
    void oneThatStopsInTheMiddleIsNotWaitedFor() {
        var begun = new CountDownLatch(1);
        answers(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            begun.countDown();
            await(end);
        });

        assertThat(away("http://127.0.0.1:%d/base".formatted(server.getAddress().getPort()), Duration.ofSeconds(2)))
                .contains(TOO_SLOW);
        assertThat(begun.getCount()).isZero();
    }

    @Test
    void oneThatNeverEndsIsCutOff() {
        answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[1024 * 1024];
            try {
                while (end.getCount() > 0) {
                    exchange.getResponseBody().write(much);
                }
            } catch (IOException cut) {
                exchange.close();
            }
        });

        assertThat(away("http://127.0.0.1:%d/base".formatted(server.getAddress().getPort()), PATIENT))
                .as("its size ended it")
                .doesNotContain(TOO_SLOW);
    }

    /** What is said of it. */
    private static String away(String url, Duration timeout) {
        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> reading(url, "queued-worker", 60, caller("default"), timeout));
        assertThat(refused.problem()).isEqualTo(PrometheusProblem.PROMETHEUS_AWAY);
        assertThat(refused.retryAfter()).isPresent();
        return String.valueOf(refused.getMessage());
    }

    @Test
    void whatCameToAllWorkspacesIsNotForOneOfThem() {
        answers(200, ANSWER.formatted("[1763877600,\"0.5\"]"));

        assertThatThrownBy(() -> read("queued-worker", 60, caller("elsewhere")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("forbidden"));
        assertThat(asked.get()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"ftp://prometheus:9090", "prometheus:9090", "http:///x", "file:///etc/passwd"})
    void anAddressThatIsNoneIsRefusedAtTheStart(String url) {
        assertThatThrownBy(() -> new PrometheusProperties(URI.create(url), Duration.ofSeconds(10)))
                .hasMessageContaining("bascule.prometheus.url: " + url);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
