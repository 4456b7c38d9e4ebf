package io.bascule.runner.jobs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/**
 * What attacks go for: a process, files that everyone may change, and ports that somebody listens on.
 *
 * @param hidden answers "ok" to whoever comes that far
 * @param redirecting sends everybody there
 */
record Target(
        Process victim, Path directory, ServerSocket tcp, DatagramSocket udp, HttpServer hidden, HttpServer redirecting)
        implements AutoCloseable {

    static Target create(Path directory) throws IOException {
        open(directory);
        for (String name : new String[] {"file", "other", "secret", "mine"}) {
            open(Files.writeString(directory.resolve(name), "of somebody else"));
        }
        InetSocketAddress somewhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer hidden = serve(exchange -> answer(exchange, 200));
        HttpServer redirecting = serve(exchange -> {
            exchange.getResponseHeaders().set("Location", url(hidden));
            answer(exchange, 302);
        });
        return new Target(
                new ProcessBuilder("sleep", "600").start(),
                directory,
                new ServerSocket(0, 50, somewhere.getAddress()),
                new DatagramSocket(somewhere),
                hidden,
                redirecting);
    }

    private static HttpServer serve(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", handler);
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String url(HttpServer server) {
        return "http://%s/".formatted(host(server));
    }

    private static String host(HttpServer server) {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Host and port that a function may ask. */
    String listed() {
        return host(redirecting);
    }

    /** The input of an attack in the sandbox. */
    String inside() {
        return input(directory, true);
    }

    /** The input of its control, which may destroy only what it made itself. */
    String outside(Path own) throws IOException {
        Path files = Files.createDirectories(own.resolve("target"));
        for (String name : new String[] {"file", "other", "secret", "mine"}) {
            Files.writeString(files.resolve(name), "for the control");
        }
        return input(files, false);
    }

    boolean isUnharmed() throws IOException {
        return victim.isAlive()
                && Files.readString(directory.resolve("file")).equals("of somebody else")
                && Files.exists(directory.resolve("other"))
                && !Files.exists(directory.resolve("new"));
    }

    private String input(Path files, boolean confined) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "hidden", url(hidden),
                        "redirecting", url(redirecting),
                        "pid", victim.pid(),
                        "directory", files.toString(),
                        "secret", files.resolve("secret").toString(),
                        "otherJob", files.resolve("mine").toString(),
                        "port", tcp.getLocalPort(),
                        "udpPort", udp.getLocalPort(),
                        "confined", confined));
    }

    private static void open(Path path) {
        boolean directory = Files.isDirectory(path);
        boolean opened = path.toFile().setReadable(true, false)
                && path.toFile().setWritable(true, false)
                && (!directory || path.toFile().setExecutable(true, false));
        if (!opened) {
            throw new IllegalStateException(path.toString());
        }
    }

    @Override
    public void close() throws IOException {
        victim.destroyForcibly();
        tcp.close();
        udp.close();
        hidden.stop(0);
        redirecting.stop(0);
    }
}
