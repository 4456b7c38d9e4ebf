package io.bascule.tasks.log;

import io.bascule.tasks.redis.SilenceWatch;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects on a thread of its own and reconnects by itself; while Redis is away, commands are refused at once. */
final class RedisConnector implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisConnector.class);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration FIRST_TRY = Duration.ofSeconds(2);
    private static final int WAITING_COMMANDS = 10_000;

    private final ClientResources resources;
    private final RedisClient client;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch tried = new CountDownLatch(1);
    private final Thread connector;
    private volatile @Nullable StatefulRedisConnection<String, String> connection;

    RedisConnector(RedisURI address) {
        resources = SilenceWatch.resources()
                .reconnectDelay(
                        Delay.fullJitter(Duration.ofMillis(50), RETRY, RETRY.toMillis() / 10, TimeUnit.MILLISECONDS))
                .build();
        client = RedisClient.create(resources, address);
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(WAITING_COMMANDS)
                .build());
        connector = Thread.ofVirtual().name("task-log-connect").start(this::connect);
    }

    /** @throws LogsAwayException while there is no connection */
    RedisAsyncCommands<String, String> commands() {
        awaitFirstTry();
        StatefulRedisConnection<String, String> open = connection;
        if (open == null || !open.isOpen()) {
            throw new LogsAwayException("Redis, which keeps the logs, is away");
        }
        return open.async();
    }

    @Override
    public void close() {
        closed.countDown();
        connector.interrupt();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        var _ = resources.shutdown(0, 2, TimeUnit.SECONDS);
    }

    /** The first connection is being made when the service starts; later nobody waits here. */
    private void awaitFirstTry() {
        try {
            if (!tried.await(FIRST_TRY.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("Redis was not reached yet");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void connect() {
        boolean told = false;
        while (closed.getCount() > 0 && connection == null) {
            try {
                connection = client.connect();
            } catch (RedisException away) {
                if (!told) {
                    LOG.warn("Redis is away; tasks have no logs until it is back: {}", away.getMessage());
                    told = true;
                }
                pause();
            } finally {
                tried.countDown();
            }
        }
    }

    private void pause() {
        try {
            if (closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.trace("closed before Redis was there");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
    }
}
