package io.bascule.local.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.Executors;

/** A web application that only the demo agent is told about. */
public final class DemoWeb implements AutoCloseable {

    private final HttpServer server;
    private final InstantSource clock;

    public DemoWeb(int port, InstantSource clock) {
        this.clock = clock;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::greet);
        server.start();
    }

    private void greet(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath().replaceAll("[^A-Za-z0-9/._~%-]", "");
        byte[] body = """
                {"message": "Hello from behind the agent", "path": "%s", "time": "%s"}
                """.formatted(path, clock.instant()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
