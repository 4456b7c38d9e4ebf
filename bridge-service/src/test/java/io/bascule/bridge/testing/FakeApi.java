package io.bascule.bridge.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API's internal endpoints as a bridge sees them: keeps what it was told and answers what the test set. */
public final class FakeApi implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private volatile TestAuthority authority = new TestAuthority();
    private final List<TestAuthority> trusted = new CopyOnWriteArrayList<>(List.of(authority));
    private final KeyPair ticketKey;
    private final List<JsonNode> reports = new CopyOnWriteArrayList<>();
    private final BlockingQueue<JsonNode> incoming = new LinkedBlockingQueue<>();
    private final List<Map<String, Object>> close = new CopyOnWriteArrayList<>();
    private final AtomicInteger certificates = new AtomicInteger();
    private volatile List<Map<String, Object>> bridges = List.of();
    private final List<Map<String, Object>> revocations = new CopyOnWriteArrayList<>();
    private volatile boolean resync;
    private volatile boolean away;
    private volatile Duration certificateLife = Duration.ofHours(1);

    public FakeApi() throws IOException, GeneralSecurityException {
        ticketKey = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public TestAuthority authority() {
        return authority;
    }

    /** Makes another authority known, as the first step of a rotation does. */
    public void announce(TestAuthority next) {
        trusted.add(next);
    }

    /** Signs with it from now on. */
    public void signWith(TestAuthority next) {
        authority = next;
    }

    public KeyPair ticketKey() {
        return ticketKey;
    }

    /** Answers 503 to everything from now on, or answers again. */
    public void setAway(boolean isAway) {
        away = isAway;
    }

    public void askForEverything() {
        resync = true;
    }

    public void setCertificateLife(Duration life) {
        certificateLife = life;
    }

    public int certificatesIssued() {
        return certificates.get();
    }

    public void close(String tunnel, String reason) {
        close.add(Map.of("tunnel", tunnel, "reason", reason));
    }

    /** Tells of a revocation with every answer from now on. */
    public void revoke(String kind, UUID subject, UUID agent, String reason) {
        revocations.add(Map.of(
                "id",
                revocations.size() + 1,
                "kind",
                kind,
                "subject",
                subject.toString(),
                "agent",
                agent.toString(),
                "reason",
                reason,
                "at",
                Instant.now().plusSeconds(1).toString()));
    }

    public void setBridges(List<Map<String, Object>> up) {
        bridges = up;
    }

    public List<JsonNode> reports() {
        return List.copyOf(reports);
    }

    /** Waits for a report of which this holds, those before this call included. */
    public JsonNode awaitReport(Predicate<JsonNode> wanted) throws InterruptedException {
        for (JsonNode known : reports()) {
            if (wanted.test(known)) {
                return known;
            }
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (true) {
            JsonNode report = incoming.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (report == null) {
                throw new AssertionError("no such report among " + reports());
            }
            if (wanted.test(report)) {
                return report;
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            if (away) {
                answer(exchange, 503, Map.of("code", "away"));
            } else if (!authorization.startsWith("Bearer ey")) {
                answer(exchange, 401, Map.of("code", "service-token-invalid"));
            } else if (path.matches("/internal/bridges/[^/]+/certificates")) {
                answer(exchange, 200, certificate(path.split("/", -1)[3], body));
            } else if (path.matches("/internal/bridges/[^/]+/reports")) {
                answer(exchange, 200, reported(body));
            } else {
                answer(exchange, 404, Map.of("code", "not-found"));
            }
        }
    }

    private Map<String, Object> certificate(String bridge, JsonNode body) {
        certificates.incrementAndGet();
        String request = body.get("certificateSigningRequest").asString();
        return Map.of(
                "certificate",
                TestAuthority.pem(
                        authority.bridge(request, bridge, body.get("authority").asString(), certificateLife)),
                "authorities",
                trusted.stream()
                        .map(believed -> TestAuthority.pem(believed.certificate()))
                        .collect(Collectors.joining()));
    }

    private Map<String, Object> reported(JsonNode body) {
        reports.add(body);
        incoming.add(body);
        List<Map<String, Object>> toClose = new ArrayList<>(close);
        close.clear();
        boolean everything = resync;
        resync = false;
        return Map.of(
                "resync", everything,
                "close", toClose,
                "revocations", List.copyOf(revocations),
                "bridges", bridges,
                "ticketKeys",
                        List.of(Map.of(
                                "id",
                                "k1",
                                "publicKey",
                                Base64.getEncoder()
                                        .encodeToString(ticketKey.getPublic().getEncoded()))));
    }

    private static void answer(HttpExchange exchange, int status, Map<String, Object> body) {
        byte[] json = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        try {
            exchange.sendResponseHeaders(status, json.length);
            exchange.getResponseBody().write(json);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
