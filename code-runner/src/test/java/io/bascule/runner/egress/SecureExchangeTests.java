package io.bascule.runner.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.bascule.runner.resource.Connections;
import io.bascule.runner.resource.ResourceProperties;
import io.bascule.testsupport.TestCertificate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

/** Exchanges over TLS, with a host whose certificate is for {@code secure.example}. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class SecureExchangeTests {

    private HttpsServer server;
    private SSLContext trusting;

    @BeforeAll
    void start() throws Exception {
        trusting = TestCertificate.of("secure.example").context();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(trusting));
        server.createContext("/", exchange -> {
            byte[] host = exchange.getRequestHeaders().getFirst("Host").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(host);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    void stop() {
        server.stop(0);
    }

    @Test
    void theNameThatWasAskedForIsTheOneThatIsVerified() throws Exception {
        try (var exchange = exchange(trusting.getSocketFactory())) {
            HttpAnswer answer = exchange.begin(wanted("secure.example"));
            var body = new ByteArrayOutputStream();
            answer.copyBody((bytes, length) -> body.write(bytes, 0, length));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(body.toString(StandardCharsets.UTF_8)).isEqualTo("secure.example:" + port());
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        assertThatThrownBy(() -> exchange(trusting.getSocketFactory()).begin(wanted("other.example")))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefused() {
        var usual = (SSLSocketFactory) SSLSocketFactory.getDefault();

        assertThatThrownBy(() -> exchange(usual).begin(wanted("secure.example")))
                .isInstanceOf(SSLException.class);
    }

    private Exchange exchange(SSLSocketFactory sockets) {
        var properties = new EgressProperties(
                List.of("127.0.0.1"), DataSize.ofMegabytes(1), null, 4, Duration.ofSeconds(5), Duration.ofSeconds(10));
        var egress = new Egress(
                properties,
                new Connections(new ResourceProperties(1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1))),
                new SimpleMeterRegistry(),
                _ -> new InetAddress[] {InetAddress.getLoopbackAddress()},
                sockets);
        var policy = egress.policy(List.of("*.example:" + port()), List.of());
        return new Exchange(egress, policy, _ -> {});
    }

    private WantedExchange wanted(String host) throws Exception {
        byte[] head = "{\"method\":\"GET\",\"url\":\"https://%s:%d/\",\"headers\":[]}"
                .formatted(host, port())
                .getBytes(StandardCharsets.UTF_8);
        return WantedExchange.read(ByteBuffer.allocate(4 + head.length)
                .putInt(head.length)
                .put(head)
                .flip());
    }

    private int port() {
        return server.getAddress().getPort();
    }
}
