package io.bascule.tasks.signal;

import io.bascule.tasks.Lane;
import io.bascule.tasks.redis.RedisAddress;
import io.bascule.tasks.redis.RedisConnections;
import io.bascule.tasks.redis.RedisConnections.ForCommands;
import io.bascule.tasks.redis.RedisConnections.ForListening;
import io.bascule.tasks.redis.SilenceWatch;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals by Redis pub/sub: a channel for the instant lane, one for each queued worker, one for cancelling, one for each pod that
 * waits. Connects on a thread of its own and reconnects by itself; while Redis is away, hints are dropped. In a cluster it listens
 * at the node that keeps the workers that ask, and follows them when they are kept elsewhere.
 */
public class RedisTaskSignals implements TaskSignals {

    private static final Logger LOG = LoggerFactory.getLogger(RedisTaskSignals.class);
    private static final String WAKE = "tasks:wake:instant";
    private static final String CANCEL = "tasks:cancel";
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration PING = Duration.ofSeconds(3);

    private final RedisConnections connections;
    private final LocalTaskSignals listeners = new LocalTaskSignals();
    private final SharedHints shared = new SharedHints(new Connection());
    private final Set<String> channels = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread connector;
    private volatile @Nullable ForCommands sending;
    private volatile @Nullable ForListening listening;

    /** By one server. */
    public RedisTaskSignals(RedisURI server) {
        this(new RedisAddress.Server(server));
    }

    public RedisTaskSignals(RedisAddress address) {
        connections = RedisConnections.to(address, SilenceWatch.resources().build());
        connector = Thread.ofVirtual().name("task-signals-connect").start(this::connect);
    }

    @Override
    public void wake(Lane lane, int tasks) {
        switch (lane) {
            case INSTANT -> publish(WAKE, "");
            case QUEUED -> shared.wake(tasks);
        }
    }

    @Override
    public void wakeFor(Set<UUID> workspaces) {
        publish(WAKE, new InstantHint(workspaces).message());
    }

    @Override
    public void cancel(UUID task) {
        publish(CANCEL, task.toString());
    }

    @Override
    public void finished(String replyTo, Collection<UUID> tasks) {
        publish(endChannel(replyTo), tasks.stream().map(UUID::toString).collect(Collectors.joining(",")));
    }

    @Override
    public Hints onWake(Lane lane, HintListener listener) {
        return switch (lane) {
            case INSTANT -> {
                Hints hints = listeners.onWake(lane, listener);
                subscribe(WAKE);
                yield hints;
            }
            case QUEUED -> shared.listen(listener);
        };
    }

    @Override
    public void onCancel(Consumer<UUID> listener) {
        listeners.onCancel(listener);
        subscribe(CANCEL);
    }

    @Override
    public void onFinished(String replyTo, Consumer<UUID> listener) {
        listeners.onFinished(replyTo, listener);
        subscribe(endChannel(replyTo));
    }

    @Override
    public void close() {
        closed.countDown();
        connector.interrupt();
        connections.close();
    }

    private void publish(String channel, String message) {
        command(commands -> commands.publish(channel, message), _ -> {});
    }

    /** Registered before it is sent, so that connecting at the same moment does not miss it. */
    private void subscribe(String channel) {
        channels.add(channel);
        listen(commands -> commands.subscribe(channel));
    }

    private <T> void command(
            Function<? super RedisClusterAsyncCommands<String, String>, RedisFuture<T>> command, Consumer<T> answer) {
        ForCommands open = sending;
        if (open != null) {
            send(open.commands(), command, answer);
        }
    }

    private <T> void listen(Function<? super RedisPubSubAsyncCommands<String, String>, RedisFuture<T>> command) {
        ForListening open = listening;
        if (open != null) {
            send(open.connection().async(), command, _ -> {});
        }
    }

    private static <C, T> void send(C commands, Function<? super C, RedisFuture<T>> command, Consumer<T> answer) {
        try {
            command.apply(commands).whenComplete((result, failure) -> {
                if (failure == null) {
                    answer.accept(result);
                } else {
                    LOG.debug("a command was dropped: {}", failure.getMessage());
                }
            });
        } catch (RedisException away) {
            LOG.debug("a command was dropped: {}", away.getMessage());
        }
    }

    private void connect() {
        boolean told = false;
        while (closed.getCount() > 0) {
            try {
                open();
                keepAlive();
            } catch (RedisException away) {
                if (!told) {
                    LOG.warn("Redis is away; tasks are found by polling until it is back: {}", away.getMessage());
                    told = true;
                }
                var _ = pause(RETRY);
            }
        }
    }

    private void open() {
        if (sending == null) {
            sending = connections.connectForCommands();
        }
        ForListening before = listening;
        ForListening now = connections.connectForListening(SharedHints.WHERE);
        now.connection().addListener(new RedisPubSubAdapter<>() {
            @Override
            public void subscribed(String channel, long count) {
                shared.subscribed(channel);
            }

            @Override
            public void message(String channel, String message) {
                try {
                    deliver(channel, message);
                } catch (IllegalArgumentException foreign) {
                    LOG.warn("a message on {} is not ours: {}", channel, foreign.getMessage());
                }
            }
        });
        listening = now;
        if (!channels.isEmpty()) {
            listen(commands -> commands.subscribe(channels.toArray(String[]::new)));
        }
        if (before != null) {
            var _ = before.connection().closeAsync();
        }
    }

    /** Who only listens would not notice that nothing can be heard any more. Returns when it is elsewhere that hints are kept. */
    private void keepAlive() {
        ForListening open = listening;
        while (open != null && !pause(PING) && connections.isWhere(SharedHints.WHERE, open)) {
            listen(RedisAsyncCommands::ping);
        }
    }

    /** Whether this is closed. */
    private boolean pause(Duration time) {
        try {
            return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            closed.countDown();
            return true;
        }
    }

    private void deliver(String channel, String message) {
        if (channel.equals(CANCEL)) {
            listeners.cancel(UUID.fromString(message));
        } else if (channel.equals(WAKE)) {
            listeners.hear(InstantHint.parse(message));
        } else if (!shared.deliver(channel)) {
            String replyTo = channel.substring(endChannel("").length());
            for (String id : message.split(",", -1)) {
                listeners.finished(replyTo, Set.of(UUID.fromString(id)));
            }
        }
    }

    private static String endChannel(String replyTo) {
        return "tasks:ended:" + replyTo;
    }

    /** As it is at the moment. */
    private final class Connection implements SharedHints.Connection {

        @Override
        public <T> void send(
                Function<RedisClusterAsyncCommands<String, String>, RedisFuture<T>> command, Consumer<T> answer) {
            RedisTaskSignals.this.command(command, answer);
        }

        @Override
        public void subscribe(String channel) {
            RedisTaskSignals.this.subscribe(channel);
        }

        @Override
        public void unsubscribe(String channel) {
            channels.remove(channel);
            listen(commands -> commands.unsubscribe(channel));
        }
    }
}
