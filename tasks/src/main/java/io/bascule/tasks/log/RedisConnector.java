package io.bascule.tasks.log;

import io.bascule.tasks.redis.RedisAddress;
import io.bascule.tasks.redis.RedisConnections;
import io.bascule.tasks.redis.RedisConnections.ForCommands;
import io.bascule.tasks.redis.SilenceWatch;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
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

    private final RedisConnections connections;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch tried = new CountDownLatch(1);
    private final Thread connector;
    private volatile @Nullable ForCommands connection;

    RedisConnector(RedisAddress address) {
        var resources = SilenceWatch.resources()
                .reconnectDelay(
                        Delay.fullJitter(Duration.ofMillis(50), RETRY, RETRY.toMillis() / 10, TimeUnit.MILLISECONDS))
                .build();
        connections = RedisConnections.to(address, resources);
        connector = Thread.ofVirtual().name("task-log-connect").start(this::connect);
    }

    /** @throws LogsAwayException while there is no connection */
    RedisClusterAsyncCommands<String, String> commands() {
        awaitFirstTry();
        ForCommands open = connection;
        if (open == null || !open.connection().isOpen()) {
            throw new LogsAwayException("Redis, which keeps the logs, is away");
        }
        return open.commands();
    }

    @Override
    public void close() {
        closed.countDown();
        connector.interrupt();
        connections.close();
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
                connection = connections.connectForCommands();
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
