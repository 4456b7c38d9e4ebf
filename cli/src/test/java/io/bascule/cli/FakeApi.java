package io.bascule.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as it was told to, and remembers what it was asked. What it was not told about is not found. */
final class FakeApi implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final Map<String, Reply> later = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private record Reply(int status, String body, Map<String, String> headers) {}

    record Asked(String line, String body, Map<String, List<String>> headers) {

        Optional<String> header(String name) {
            return headers.getOrDefault(name, List.of()).stream().findFirst();
        }
    }

    FakeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    FakeApi answers(String line, int status, String body) {
        return answers(line, status, body, Map.of());
    }

    FakeApi answers(String line, int status, String body, Map<String, String> headers) {
        replies.put(line, new Reply(status, body, headers));
        return this;
    }

    /** What it answers the second time and from then on. */
    FakeApi then(String line, int status, String body) {
        later.put(line, new Reply(status, body, Map.of()));
        return this;
    }

    List<String> lines() {
        return asked.stream().map(Asked::line).toList();
    }

    Asked last() {
        return asked.getLast();
    }

    Asked asked(String line) {
        return asked.stream()
                .filter(request -> request.line().equals(line))
                .findFirst()
                .orElseThrow(() -> new AssertionError(line + " is not among " + lines()));
    }

    private void handle(HttpExchange exchange) throws IOException {
        String line = exchange.getRequestMethod() + " "
                + exchange.getRequestURI().toString().substring("/api/v1".length());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(line, body, Map.copyOf(exchange.getRequestHeaders())));
        Reply reply = replies.getOrDefault(
                line, new Reply(404, "{\"detail\": \"no " + line + "\", \"code\": \"not-found\"}", Map.of()));
        Reply next = later.remove(line);
        if (next != null) {
            replies.put(line, next);
        }
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
