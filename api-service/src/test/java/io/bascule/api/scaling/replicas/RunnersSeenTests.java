package io.bascule.api.scaling.replicas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.bascule.api.scaling.prometheus.AskPrometheus;
import io.bascule.api.scaling.prometheus.PrometheusProperties;
import io.bascule.api.scaling.replicas.RunnersSeen.Runners;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What is made of what Prometheus says of code runners. */
@Timeout(30)
class RunnersSeenTests {

    private static final String VECTOR =
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[%s]}}";

    private static Optional<Runners> read(String answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.createContext("/api/v1/query", exchange -> {
            byte[] bytes = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (var prometheus = new AskPrometheus(new PrometheusProperties(address, Duration.ofSeconds(5)))) {
            return new RunnersSeen(prometheus, JsonMapper.shared()).read();
        } finally {
            server.stop(0);
        }
    }

    private static String of(String pods, String total, String remaining) {
        return VECTOR.formatted(
                "%s,%s,%s".formatted(series("pods", pods), series("total", total), series("remaining", remaining)));
    }

    private static String series(String what, String value) {
        return "{\"metric\":{\"what\":\"%s\"},\"value\":[1795414070.1,\"%s\"]}".formatted(what, value);
    }

    @Test
    void theShareOfAllJobSpacesIsTheirs() throws IOException {
        assertThat(read(of("3", "12", "3"))).contains(new Runners(3, 0.75));
        assertThat(read(of("1", "4", "4"))).contains(new Runners(1, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "{\"status\":\"error\",\"error\":\"x\"}", "<html>"})
    void whatSaysNothingOfThemIsNotSeen(String answer) throws IOException {
        assertThat(read(answer)).isEmpty();
    }

    @Test
    void figuresThatCannotBeAreNotSeen() throws IOException {
        assertThat(read(VECTOR.formatted(""))).isEmpty();
        assertThat(read(VECTOR.formatted(series("pods", "3")))).isEmpty();
        assertThat(read(of("3", "0", "0"))).isEmpty();
        assertThat(read(of("3", "NaN", "1"))).isEmpty();
        assertThat(read(of("3", "12", "13"))).isEmpty();
        assertThat(read(of("1e300", "12", "3"))).isEmpty();
        assertThat(read(of("three", "12", "3"))).isEmpty();
    }

    @Test
    void oneThatIsSlowHoldsUpNoStep() throws IOException {
        var asked = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.createContext("/api/v1/query", _ -> {
            asked.countDown();
            try {
                end.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (var prometheus = new AskPrometheus(new PrometheusProperties(address, Duration.ofSeconds(30)))) {
            assertThat(new RunnersSeen(prometheus, JsonMapper.shared()).read()).isEmpty();
            assertThat(asked.getCount()).isZero();
        } finally {
            end.countDown();
            server.stop(0);
        }
    }

    @Test
    void withoutAPrometheusNobodyIsAsked() {
        try (var none = new AskPrometheus(new PrometheusProperties(null, Duration.ofSeconds(5)))) {
            assertThat(new RunnersSeen(none, JsonMapper.shared()).read()).isEmpty();
        }
    }
}
