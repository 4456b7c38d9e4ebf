package io.bascule.local.kafka;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * {@code LocalKafka DIRECTORY PORT}: a broker that listens on the loopback interface at the port, and its controller at the
 * next one. The directory is formatted at the first start and kept. SIGTERM shuts it down in order.
 */
public final class LocalKafka {

    private LocalKafka() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: LocalKafka DIRECTORY PORT");
            System.exit(2);
        }
        Path directory = Path.of(arguments[0]);
        Properties properties = properties(directory, Integer.parseInt(arguments[1]));
        if (!Files.exists(directory.resolve("logs/meta.properties"))) {
            format(directory, properties);
        }
        var server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop-kafka"));
        server.startup();
        server.awaitShutdown();
    }

    private static void format(Path directory, Properties properties) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("server.properties");
        try (var out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        String[] format = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
        try (var silent = new PrintStream(PrintStream.nullOutputStream())) {
            if (StorageTool.execute(format, silent) != 0) {
                throw new IOException("%s could not be formatted".formatted(directory));
            }
        }
    }

    /** One node in both roles; every internal topic with one replica and one partition. */
    static Properties properties(Path directory, int port) {
        int controller = port + 1;
        var properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("listeners", "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controller));
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        properties.put("log.dirs", directory.resolve("logs").toString());
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "2");
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        properties.put("log.retention.hours", "24");
        return properties;
    }
}
