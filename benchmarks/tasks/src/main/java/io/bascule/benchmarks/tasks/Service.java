package io.bascule.benchmarks.tasks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One of our services as its image runs it: the jar that was packaged, in a process of its own. {@code SERVICE_JAVA_OPTIONS} adds
 * flags, such as those of a recording.
 */
final class Service implements AutoCloseable {

    private static final Path ROOT = Path.of("../..");
    private static final long PATIENCE = 300_000_000_000L;

    private final Process process;
    private final int port;

    /** @param memory the limit of its container, such as {@code 1g} */
    Service(String module, String memory, Map<String, String> settings) throws IOException {
        port = Stores.freePort();
        Path folder = Files.createDirectories(
                Path.of("target", module + "-" + ProcessHandle.current().pid()));
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:MaxRAM=" + memory,
                "-XX:MaxRAMPercentage=60",
                // What a virtual machine chooses by itself in a container of less than 1,792 MiB.
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        line.addAll(Java.options("SERVICE_JAVA_OPTIONS"));
        line.addAll(List.of("-jar", jar(module).toString()));
        var command = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        Map<String, String> environment = command.environment();
        environment.putAll(keys(folder, module));
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("SERVER_PORT", String.valueOf(port));
        environment.putAll(settings);
        process = command.start();
    }

    /** What both stores are called in a service's settings. */
    static Map<String, String> stores(String url, int redisPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("SPRING_DATASOURCE_URL", url);
        settings.put("SPRING_DATASOURCE_USERNAME", "postgres");
        settings.put("SPRING_DATA_REDIS_HOST", "127.0.0.1");
        settings.put("SPRING_DATA_REDIS_PORT", String.valueOf(redisPort));
        return settings;
    }

    private static Path jar(String module) throws IOException {
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(ROOT.resolve(module).resolve("target"), "*-app.jar")) {
            for (Path jar : found) {
                return jar;
            }
        }
        throw new IOException("%s/target has no jar (expected: ./mvnw -Pquick -pl %s -am -DskipTests package)"
                .formatted(module, module));
    }

    private static Map<String, String> keys(Path folder, String module) throws IOException {
        Path trusted = Files.createDirectories(folder.resolve("trusted"));
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            pem(folder.resolve("key.pem"), "PRIVATE KEY", pair.getPrivate());
            pem(trusted.resolve(module + ".pem"), "PUBLIC KEY", pair.getPublic());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has Ed25519", impossible);
        }
        return Map.of(
                "BASCULE_IDENTITY_PRIVATEKEYFILE", folder.resolve("key.pem").toString(),
                "BASCULE_IDENTITY_TRUSTEDKEYSDIRECTORY", trusted.toString(),
                "BASCULE_SECRETS_MASTERKEYFILE", masterKey(folder).toString());
    }

    private static Path masterKey(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("master.key"), Base64.getEncoder().encodeToString(new byte[32]) + "\n");
    }

    private static void pem(Path file, String kind, Key key) throws IOException {
        String text = Base64.getMimeEncoder().encodeToString(key.getEncoded());
        Files.writeString(file, "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(kind, text));
    }

    /** Returns when it is ready. */
    Service awaitReady() throws IOException, InterruptedException {
        HttpRequest question = HttpRequest.newBuilder(address("/health/ready")).build();
        long start = System.nanoTime();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!isReady(client, question)) {
                if (!process.isAlive() || System.nanoTime() - start > PATIENCE) {
                    close();
                    throw new IOException("a service did not get ready; its log is in target");
                }
                Phases.waitUntil(System.nanoTime() + 100_000_000);
            }
        }
        return this;
    }

    private static boolean isReady(HttpClient client, HttpRequest question) throws InterruptedException {
        try {
            return client.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** The most memory of the machine that it has held so far, in MiB; from Linux's {@code /proc}. */
    double peakMebibytes() throws IOException {
        List<String> status = Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status"));
        return status.stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
