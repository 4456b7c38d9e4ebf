package io.bascule.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A registry for npm and an index for pip on this machine, with the packages that a test publishes. */
public final class PackageRegistry implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean stalled;

    public PackageRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            if (stalled) {
                stall(exchange);
                return;
            }
            byte[] file = files.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
            if (file != null) {
                exchange.getResponseBody().write(file);
            }
            exchange.close();
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** From now on it begins its answers and does not end them. */
    public void stall() {
        stalled = true;
    }

    /** How many requests have come. */
    public int requests() {
        return requests.get();
    }

    private void stall(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write('x');
        exchange.getResponseBody().flush();
        try {
            closing.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    public URI npm() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public URI pypi() {
        return npm().resolve("/simple");
    }

    /** Publishes version 1.0.0 of a package and returns its entry in a lock file. */
    public String npmPackage(String name, byte[] tarball) {
        String path = "/%s/-/%s-1.0.0.tgz".formatted(name, name);
        files.put(path, tarball);
        String hash = Base64.getEncoder().encodeToString(hash("SHA-512", tarball));
        return "\"node_modules/%s\": {\"version\": \"1.0.0\", \"resolved\": \"https://registry.npmjs.org%s\", \"integrity\": \"sha512-%s\"}"
                .formatted(name, path, hash);
    }

    /** A lock file with these entries. */
    public static String lock(String... entries) {
        return "{\"lockfileVersion\": 3, \"packages\": {\n%s}}".formatted(String.join(",\n", entries));
    }

    /** Publishes version 1.0 of a package as a wheel and returns its line of a requirements file. */
    public String wheel(String name, String tags, Map<String, String> contents) {
        byte[] wheel = TestZip.of(contents);
        String sha256 = HexFormat.of().formatHex(hash("SHA-256", wheel));
        String file = "%s-1.0-%s.whl".formatted(name, tags);
        files.put("/files/" + file, wheel);
        files.put(
                "/simple/%s/".formatted(name),
                "{\"meta\": {\"api-version\": \"1.0\"}, \"name\": \"%s\", \"files\": [{\"filename\": \"%s-0.9.tar.gz\", \"hashes\": {}}, {\"filename\": \"%s\", \"url\": \"../../files/%s\", \"hashes\": {\"sha256\": \"%s\"}}]}"
                        .formatted(name, name, file, file, sha256)
                        .getBytes(StandardCharsets.UTF_8));
        return "%s==1.0 --hash=sha256:%s\n".formatted(name, sha256);
    }

    private static byte[] hash(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
