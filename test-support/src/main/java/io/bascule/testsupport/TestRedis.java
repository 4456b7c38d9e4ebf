package io.bascule.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import redis.embedded.RedisServer;

/**
 * A real Redis server on a free port. {@link #shared()} is one per JVM; a test that stops Redis starts its own.
 * {@link #stop()} and {@link #start()} keep the port, so that clients see an outage and a recovery (with empty data).
 */
public final class TestRedis {

    private final int port;
    private final RedisServer server;

    private TestRedis(int port) throws IOException {
        this.port = port;
        this.server = RedisServer.newRedisServer()
                .port(port)
                .setting("save \"\"")
                .setting("appendonly no")
                .setting("maxmemory 128mb")
                .build();
    }

    /** One for all tests of this JVM; ends with it. Use keys of your own. */
    public static TestRedis shared() {
        return Shared.INSTANCE;
    }

    /** One for this test, already running. */
    public static TestRedis startOwn() {
        try {
            var redis = new TestRedis(freePort());
            redis.start();
            return redis;
        } catch (IOException failure) {
            throw new UncheckedIOException("embedded Redis did not start", failure);
        }
    }

    public int port() {
        return port;
    }

    public void start() {
        try {
            server.start();
        } catch (IOException failure) {
            throw new UncheckedIOException("embedded Redis did not start on port " + port, failure);
        }
    }

    public void stop() {
        try {
            server.stop();
        } catch (IOException failure) {
            throw new UncheckedIOException("embedded Redis did not stop", failure);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static final class Shared {

        static final TestRedis INSTANCE = startUntilExit();

        private static TestRedis startUntilExit() {
            TestRedis redis = startOwn();
            Runtime.getRuntime().addShutdownHook(new Thread(redis::stop, "stop-test-redis"));
            return redis;
        }
    }
}
