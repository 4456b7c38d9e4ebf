package io.bascule.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An endpoint of a webhook on this machine, which takes everything. */
final class HookReceiver implements AutoCloseable {

    private final BlockingQueue<Hook> hooks = new LinkedBlockingQueue<>();
    private final HttpServer server;
    private final AtomicBoolean refusing = new AtomicBoolean();

    HookReceiver() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:%d/hooks".formatted(server.getAddress().getPort());
    }

    /** The next that comes is answered with 503. */
    void refuseFirst() {
        refusing.set(true);
    }

    /** The first that is like this; others are passed over. */
    Hook await(Predicate<Hook> wanted, Duration patience) throws InterruptedException {
        while (true) {
            Hook hook = hooks.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (hook == null) {
                throw new AssertionError("no such webhook within " + patience);
            }
            if (wanted.test(hook)) {
                return hook;
            }
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        hooks.add(new Hook(
                header(exchange, "webhook-id"),
                header(exchange, "webhook-timestamp"),
                header(exchange, "webhook-signature"),
                body));
        exchange.sendResponseHeaders(refusing.getAndSet(false) ? 503 : 204, -1);
        exchange.close();
    }

    private static String header(HttpExchange exchange, String name) {
        return String.valueOf(exchange.getRequestHeaders().getFirst(name));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** What came. */
    record Hook(String id, String timestamp, String signature, String body) {

        /** By the words of the Standard Webhooks specification. */
        String expectedSignature(String secret) throws GeneralSecurityException {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            String signed = id + "." + timestamp + "." + body;
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
