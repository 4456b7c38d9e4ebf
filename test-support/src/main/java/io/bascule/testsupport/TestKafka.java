package io.bascule.testsupport;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker (KRaft, one node) in this JVM. {@link #stop()} and {@link #start()} keep port and data, so that
 * clients see an outage and a recovery.
 */
public final class TestKafka {

    private final Path directory;
    private final int port;
    private final int controllerPort;
    private final int advertisedPort;
    private KafkaRaftServer server;

    private TestKafka(@Nullable Link link) throws IOException {
        this.directory = Files.createTempDirectory("test-kafka");
        this.port = freePort();
        this.controllerPort = freePort();
        this.advertisedPort = link == null ? port : link.port();
        if (link != null) {
            link.lead(port);
        }
        format();
        this.server = started();
    }

    /** One for this test, already running. */
    public static TestKafka startOwn() {
        return start(null);
    }

    /** One that its clients reach through a link alone, which leads to it from now on. */
    public static TestKafka startBehind(Link link) {
        return start(link);
    }

    private static TestKafka start(@Nullable Link link) {
        try {
            return new TestKafka(link);
        } catch (IOException failure) {
            throw new UncheckedIOException("embedded Kafka did not start", failure);
        }
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + advertisedPort;
    }

    /** After {@link #stop()}. */
    public void start() {
        server = started();
    }

    public void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    private void format() throws IOException {
        Path file = directory.resolve("server.properties");
        try (var out = Files.newOutputStream(file)) {
            properties().store(out, null);
        }
        String[] format = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
        try (var silent = new PrintStream(PrintStream.nullOutputStream())) {
            if (StorageTool.execute(format, silent) != 0) {
                throw new IOException("the storage in " + directory + " could not be formatted");
            }
        }
    }

    private KafkaRaftServer started() {
        var raft = new KafkaRaftServer(new KafkaConfig(properties(), false), Time.SYSTEM);
        raft.startup();
        return raft;
    }

    private Properties properties() {
        var properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put(
                "listeners", "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort));
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + advertisedPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.put("log.dirs", directory.resolve("logs").toString());
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        return properties;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
