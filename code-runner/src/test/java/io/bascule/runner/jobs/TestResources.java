package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.bascule.runner.resource.Connections;
import io.bascule.testsupport.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Resources on this machine: one that echoes, one that takes connections and says nothing, and one over HTTP with and without TLS. */
final class TestResources implements AutoCloseable {

    final AtomicInteger echoed = new AtomicInteger();
    /** Connections of the silent one. */
    final BlockingQueue<Socket> held = new LinkedBlockingQueue<>();

    final TestCertificate certificate;
    private final ServerSocket echo;
    private final ServerSocket silent;
    private final HttpServer web;
    private final HttpsServer secure;

    TestResources() throws Exception {
        echo = listen(this::echo);
        silent = listen(held::add);
        certificate = TestCertificate.of("secure.example");
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        for (HttpServer server : List.of(web, secure)) {
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", TestResources::tell);
            server.start();
        }
    }

    int echoPort() {
        return echo.getLocalPort();
    }

    /** As a worker would. */
    void carry(Connections connections, String connection, String resource) {
        switch (resource) {
            case "echo" -> SocketCarrier.carry(connections, connection, echo.getLocalPort());
            case "silent" -> SocketCarrier.carry(connections, connection, silent.getLocalPort());
            case "web" ->
                SocketCarrier.carry(connections, connection, web.getAddress().getPort());
            case "secure" ->
                SocketCarrier.carry(connections, connection, secure.getAddress().getPort());
            default -> connections.refuse(connection, "RESOURCE_NOT_FOUND", "There is no resource " + resource);
        }
    }

    private interface Service {

        void serve(Socket connection) throws IOException;
    }

    private static ServerSocket listen(Service service) throws IOException {
        var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket connection = server.accept();
                    Thread.ofVirtual().start(() -> {
                        try {
                            service.serve(connection);
                        } catch (IOException cut) {
                            assertThat(cut).isNotNull();
                        }
                    });
                }
            } catch (IOException closed) {
                assertThat(server.isClosed()).isTrue();
            }
        });
        return server;
    }

    private void echo(Socket connection) throws IOException {
        try (connection) {
            byte[] buffer = new byte[8 * 1024];
            for (int got = connection.getInputStream().read(buffer);
                    got >= 0;
                    got = connection.getInputStream().read(buffer)) {
                echoed.addAndGet(got);
                connection.getOutputStream().write(buffer, 0, got);
            }
        }
    }

    private static void tell(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        byte[] told = "%s %s %s x-mine=%s body=%s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Host"),
                        exchange.getRequestHeaders().getFirst("x-mine"),
                        body)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("X-Own", "own");
        exchange.sendResponseHeaders(200, told.length);
        exchange.getResponseBody().write(told);
        exchange.close();
    }

    @Override
    public void close() throws IOException {
        web.stop(0);
        secure.stop(0);
        echo.close();
        silent.close();
    }
}
