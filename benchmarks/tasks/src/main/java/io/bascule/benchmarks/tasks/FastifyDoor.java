package io.bascule.benchmarks.tasks;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** {@code peers/http.mjs}: BullMQ behind Fastify. Where its stores are it has from the environment, as the other peers do. */
final class FastifyDoor implements Door {

    private static final String PID = "process_id:";

    private final Process process;
    private final int port;
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> redis;

    FastifyDoor(int redisPort) throws IOException {
        port = Stores.freePort();
        var command = new ProcessBuilder("node", "http.mjs", String.valueOf(port), new AccessToken().hexHash())
                .directory(Path.of("peers").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        process = command.start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        if (!"ready".equals(line)) {
            throw new IOException("http.mjs said " + line + " (expected: ready)");
        }
        client = RedisClient.create(RedisURI.create("127.0.0.1", redisPort));
        redis = client.connect();
    }

    @Override
    public URI tasks() {
        return URI.create("http://127.0.0.1:" + port + "/tasks");
    }

    @Override
    public void reset() {
        String _ = redis.sync().flushall();
    }

    @Override
    public long accepted() {
        return redis.sync().llen("bull:bench:wait");
    }

    @Override
    public ProcessHandle server() {
        return process.toHandle();
    }

    @Override
    public ProcessHandle store() {
        long pid = redis.sync()
                .info("server")
                .lines()
                .filter(line -> line.startsWith(PID))
                .mapToLong(line -> Long.parseLong(line.substring(PID.length()).strip()))
                .findFirst()
                .orElseThrow();
        return ProcessHandle.of(pid).orElseThrow();
    }

    @Override
    public void close() {
        redis.close();
        client.shutdown();
        process.destroy();
        process.onExit().join();
    }
}
