package io.bascule.testsupport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import redis.embedded.RedisServer;

/**
 * A real Redis Cluster on free ports: three nodes that share the slots out, and a replica for each that a test asks one for. It asks
 * for {@link #PASSWORD}. A node that is lost is replaced by its replica about two seconds later. Not for use by many threads.
 */
public final class TestRedisCluster implements AutoCloseable {

    public static final String PASSWORD = "of the cluster";

    private static final int SLOTS = 16_384;
    private static final int MASTERS = 3;
    /** Nodes talk to each other at their port and so much. */
    private static final int BUS = 10_000;

    private static final int HIGHEST = 65_535;

    private final Path folder;
    private final Map<Integer, RedisServer> nodes = new TreeMap<>();

    private TestRedisCluster() throws IOException {
        folder = Files.createTempDirectory("redis-cluster");
    }

    /** One for this test; every slot has its node when this returns. */
    public static TestRedisCluster startOwn() {
        try {
            var cluster = new TestRedisCluster();
            try {
                cluster.start();
            } catch (IOException | RuntimeException failure) {
                cluster.close();
                throw failure;
            }
            return cluster;
        } catch (IOException failure) {
            throw new UncheckedIOException("a Redis Cluster did not start", failure);
        }
    }

    /** Of all nodes that run. */
    public List<Integer> ports() {
        return List.copyOf(nodes.keySet());
    }

    /** What {@code spring.data.redis.cluster.nodes} takes. */
    public String addresses() {
        return String.join(
                ",", ports().stream().map(port -> "127.0.0.1:" + port).toList());
    }

    /** The port of the node that holds a key; -1 while none does. Asked of all that run, and only true once they agree. */
    public int holder(String key) {
        int slot = slot(key);
        List<Integer> said =
                ports().stream().map(port -> holder(port, slot)).distinct().toList();
        return said.size() == 1 ? said.getFirst() : -1;
    }

    /** Gives a node a replica, which has taken in everything when this returns; its port. */
    public int addReplica(int port) {
        try {
            int replica = startNode();
            String id = ask(port, "CLUSTER MYID");
            var _ = ask(replica, "CLUSTER MEET 127.0.0.1 " + port);
            await(() -> ask(replica, "CLUSTER NODES").contains(id));
            var _ = ask(replica, "CLUSTER REPLICATE " + id);
            await(() -> ask(replica, "INFO replication").contains("master_link_status:up"));
            // Only a replica that all know of is voted for.
            String own = ask(replica, "CLUSTER MYID");
            await(() -> ports().stream()
                    .allMatch(each -> ask(each, "CLUSTER NODES")
                            .lines()
                            .anyMatch(node -> node.startsWith(own) && node.contains("slave " + id))));
            return replica;
        } catch (IOException failure) {
            throw new UncheckedIOException("a replica did not start", failure);
        }
    }

    /** Moves the slot of a key, with all that is in it, to another node. */
    public void move(String key, int to) {
        int slot = slot(key);
        int from = holder(key);
        String target = ask(to, "CLUSTER MYID");
        var _ = ask(to, "CLUSTER SETSLOT %d IMPORTING %s".formatted(slot, ask(from, "CLUSTER MYID")));
        var _ = ask(from, "CLUSTER SETSLOT %d MIGRATING %s".formatted(slot, target));
        for (String held : ask(from, "CLUSTER GETKEYSINSLOT %d 1000".formatted(slot))
                .lines()
                .toList()) {
            var _ = ask(from, "MIGRATE 127.0.0.1 %d %s 0 5000 AUTH \"%s\"".formatted(to, held, PASSWORD));
        }
        var _ = ask(to, "CLUSTER SETSLOT %d NODE %s".formatted(slot, target));
        var _ = ask(from, "CLUSTER SETSLOT %d NODE %s".formatted(slot, target));
        await(() -> holder(key) == to);
    }

    /** Ends a node, as if its machine were lost. */
    public void stop(int port) {
        RedisServer node = nodes.remove(port);
        if (node != null) {
            try {
                node.stop();
            } catch (IOException failure) {
                throw new UncheckedIOException("a node of the cluster did not stop", failure);
            }
        }
    }

    @Override
    public void close() {
        ports().forEach(this::stop);
    }

    /** The answer to a command without quotes of its own; lines of a list one below the other. */
    public String ask(int port, String command) {
        try (var socket = new Socket("127.0.0.1", port);
                var answers =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.getOutputStream()
                    .write("AUTH \"%s\"\r\n%s\r\n".formatted(PASSWORD, command).getBytes(StandardCharsets.UTF_8));
            var _ = answer(answers);
            return answer(answers);
        } catch (IOException failure) {
            throw new UncheckedIOException("a node of the cluster did not answer", failure);
        }
    }

    private void start() throws IOException {
        for (int node = 0; node < MASTERS; node++) {
            int port = startNode();
            String slots = slots(node);
            var _ = ask(port, "CLUSTER SET-CONFIG-EPOCH " + (node + 1));
            var _ = ask(port, "CLUSTER ADDSLOTS" + slots);
        }
        for (int port : ports()) {
            var _ = ask(ports().getFirst(), "CLUSTER MEET 127.0.0.1 " + port);
        }
        await(() -> ports().stream().allMatch(this::isWhole));
    }

    private boolean isWhole(int port) {
        String state = ask(port, "CLUSTER INFO");
        return state.contains("cluster_state:ok") && state.contains("cluster_size:" + MASTERS);
    }

    private static String slots(int node) {
        var slots = new StringBuilder();
        for (int slot = node * SLOTS / MASTERS; slot < (node + 1) * SLOTS / MASTERS; slot++) {
            slots.append(' ').append(slot);
        }
        return slots.toString();
    }

    private int startNode() throws IOException {
        int port = freePort();
        Path data = Files.createDirectory(folder.resolve(String.valueOf(port)));
        RedisServer node = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("dir " + data)
                .setting("cluster-enabled yes")
                .setting("cluster-node-timeout 1000")
                .setting("repl-diskless-sync yes")
                .setting("repl-diskless-sync-delay 0")
                .setting("requirepass \"" + PASSWORD + "\"")
                .setting("masterauth \"" + PASSWORD + "\"")
                .setting("save \"\"")
                .setting("appendonly no")
                .setting("maxmemory 64mb")
                .build();
        node.start();
        nodes.put(port, node);
        return port;
    }

    private static int freePort() throws IOException {
        while (true) {
            try (var socket = new ServerSocket(0)) {
                int port = socket.getLocalPort();
                if (port + BUS <= HIGHEST && isFree(port + BUS)) {
                    return port;
                }
            }
        }
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port)) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private int slot(String key) {
        return Integer.parseInt(ask(ports().getFirst(), "CLUSTER KEYSLOT \"" + key + "\""));
    }

    /** As one node knows it: each of its lines names a node, and at the end the slots that it holds. */
    private int holder(int port, int slot) {
        for (String node : ask(port, "CLUSTER NODES").lines().toList()) {
            String[] parts = node.split(" ", -1);
            for (int part = 8; part < parts.length; part++) {
                if (!parts[part].startsWith("[") && isWithin(slot, parts[part])) {
                    return Integer.parseInt(parts[1].substring(parts[1].indexOf(':') + 1, parts[1].indexOf('@')));
                }
            }
        }
        return -1;
    }

    private static boolean isWithin(int slot, String range) {
        String[] bounds = range.split("-", -1);
        return slot >= Integer.parseInt(bounds[0]) && slot <= Integer.parseInt(bounds[bounds.length - 1]);
    }

    private static String answer(BufferedReader answers) throws IOException {
        String head = answers.readLine();
        String rest = head.substring(1);
        return switch (head.charAt(0)) {
            case '+', ':' -> rest;
            case '$' -> rest.startsWith("-") ? "" : text(answers, Integer.parseInt(rest));
            case '*' -> list(answers, Integer.parseInt(rest));
            default -> throw new IOException("refused: " + rest);
        };
    }

    private static String list(BufferedReader answers, int length) throws IOException {
        List<String> parts = new ArrayList<>();
        for (int part = 0; part < length; part++) {
            parts.add(answer(answers));
        }
        return String.join("\n", parts);
    }

    private static String text(BufferedReader answers, int length) throws IOException {
        char[] text = new char[length];
        int read = 0;
        while (read < length) {
            int more = answers.read(text, read, length - read);
            if (more < 0) {
                throw new IOException("the answer ended early");
            }
            read += more;
        }
        String _ = answers.readLine();
        return new String(text);
    }

    private static void await(BooleanSupplier condition) {
        if (!Await.within(Duration.ofSeconds(60), condition)) {
            throw new IllegalStateException("the cluster did not get ready within a minute");
        }
    }
}
