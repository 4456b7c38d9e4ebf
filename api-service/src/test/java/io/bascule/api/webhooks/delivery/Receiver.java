package io.bascule.api.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An endpoint of webhooks: answers each path with a status that the test sets, and can keep a path from being answered. */
public final class Receiver implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final HttpServer server;
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> gates = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> atOnce = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> mostAtOnce = new ConcurrentHashMap<>();
    private final Semaphore arrivals = new Semaphore(0);
    private final List<Received> received = new CopyOnWriteArrayList<>();

    private Receiver(HttpServer server) {
        this.server = server;
    }

    /** Listens on the loopback interface when this returns. */
    public static Receiver start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
            var receiver = new Receiver(server);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", receiver::handle);
            server.start();
            return receiver;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public String url(String path) {
        return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
    }

    /** From now on; 204 unless set. */
    public void answer(String path, int status) {
        statuses.put(path, status);
    }

    /** From now on nothing at this path is answered, until it is opened. */
    public void shut(String path) {
        gates.put(path, new Semaphore(0));
    }

    public void open(String path) {
        gates.computeIfAbsent(path, _ -> new Semaphore(0)).release(10_000);
    }

    public int mostAtOnce(String path) {
        return mostAtOnce.getOrDefault(path, new AtomicInteger()).get();
    }

    /** What came to a path so far, in the order it came. */
    public List<Received> at(String path) {
        return received.stream().filter(one -> one.path().equals(path)).toList();
    }

    /** Waits until so much has come to a path. */
    public List<Received> await(String path, int number) throws InterruptedException {
        while (at(path).size() < number) {
            assertThat(arrivals.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("%d requests at %s, of which %d came", number, path, at(path).size())
                    .isTrue();
        }
        return at(path);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        AtomicInteger here = atOnce.computeIfAbsent(path, _ -> new AtomicInteger());
        int present = here.incrementAndGet();
        mostAtOnce.computeIfAbsent(path, _ -> new AtomicInteger()).accumulateAndGet(present, Math::max);
        received.add(new Received(
                path,
                exchange.getRequestHeaders().getFirst("webhook-id"),
                exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                exchange.getRequestHeaders().getFirst("webhook-signature"),
                exchange.getRequestHeaders().getFirst("content-type"),
                new String(body, StandardCharsets.UTF_8)));
        arrivals.release();
        Semaphore gate = gates.get(path);
        if (gate != null) {
            gate.acquireUninterruptibly();
        }
        here.decrementAndGet();
        int status = statuses.getOrDefault(path, 204);
        if (status / 100 == 3) {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        gates.values().forEach(gate -> gate.release(10_000));
        server.stop(0);
    }

    /** One request. */
    public record Received(
            String path, String id, String timestamp, String signatures, String contentType, String body) {

        /** Whether one of the signatures is of this secret, by the words of the Standard Webhooks specification. */
        public boolean isSignedWith(String secret) throws GeneralSecurityException {
            byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] content = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
            String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(content));
            return Arrays.asList(signatures.split(" ")).contains(expected);
        }
    }
}
