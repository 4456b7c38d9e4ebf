package io.bascule.tasks.signal;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hints of which each goes to as many workers as it tells of tasks. Those that ask stand in a sorted set, by when they asked
 * last; a hint takes them out and speaks on the channel of each, to which nobody listens any more when its process is gone.
 * What found too few is counted, so that whoever asks afterwards looks again first.
 */
final class SharedHints {

    /** Who sends a hint sees whether a worker listens at the server that holds this key, and nowhere else. */
    static final String WHERE = "{tasks:hints}:asking";

    private static final String[] KEYS = {WHERE, "{tasks:hints}:missed"};
    private static final String CHANNEL = "tasks:hint:";

    /** More than this do not ask at once; the ones that asked first are forgotten and poll. */
    private static final int MOST = 10_000;

    private static final String WAKE = """
            local left = tonumber(ARGV[1])
            while left > 0 do
                local worker = redis.call('ZPOPMAX', KEYS[1])[1]
                if not worker then
                    redis.call('INCR', KEYS[2])
                    return left
                end
                if redis.call('PUBLISH', ARGV[2] .. worker, '') > 0 then
                    left = left - 1
                end
            end
            return 0""";

    private static final String ASK = """
            local missed = tonumber(redis.call('GET', KEYS[2]) or '0')
            if missed == tonumber(ARGV[2]) then
                local time = redis.call('TIME')
                redis.call('ZADD', KEYS[1], time[1] * 1000000 + time[2], ARGV[1])
                redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - ARGV[3])
            end
            return missed""";

    private final Connection connection;
    private final Map<String, Asking> workers = new ConcurrentHashMap<>();

    SharedHints(Connection connection) {
        this.connection = connection;
    }

    void wake(int tasks) {
        connection.send(
                commands -> commands.<Long>eval(
                        WAKE, ScriptOutputType.INTEGER, KEYS, String.valueOf(Math.min(tasks, MOST)), CHANNEL),
                _ -> {});
    }

    /** To be given what comes on its channel. */
    Hints listen(HintListener listener) {
        var worker = new Asking(UUID.randomUUID().toString(), listener);
        workers.put(worker.channel(), worker);
        connection.subscribe(worker.channel());
        return worker;
    }

    /** Whoever listens on this channel hears from now on, and looks for what it has not heard. */
    void subscribed(String channel) {
        @Nullable Asking worker = workers.get(channel);
        if (worker != null) {
            connection.send(commands -> commands.get(KEYS[1]), worker::listens);
        }
    }

    /** Whether the channel is one of ours. What comes for a worker that has just stopped is for another. */
    boolean deliver(String channel) {
        if (!channel.startsWith(CHANNEL)) {
            return false;
        }
        @Nullable Asking worker = workers.get(channel);
        if (worker == null) {
            wake(1);
        } else {
            worker.listener.hinted();
        }
        return true;
    }

    /** What is sent while Redis is away is dropped. */
    interface Connection {

        /** The answer is told on a thread of the connection, if there is one. */
        <T> void send(Function<RedisClusterAsyncCommands<String, String>, RedisFuture<T>> command, Consumer<T> answer);

        /** Calls {@link SharedHints#subscribed} when it is done, now and whenever the connection was made anew. */
        void subscribe(String channel);

        void unsubscribe(String channel);
    }

    private final class Asking implements Hints {

        private final String id;
        private final HintListener listener;

        /** The count of missed hints that it knew when it looked; below zero until it can hear hints. */
        private volatile long seen = -1;

        Asking(String id, HintListener listener) {
            this.id = id;
            this.listener = listener;
        }

        private String channel() {
            return CHANNEL + id;
        }

        private void listens(@Nullable String missed) {
            seen = missed == null ? 0 : Long.parseLong(missed);
            listener.hinted();
        }

        @Override
        public void ask() {
            long known = seen;
            if (known < 0) {
                // The count was asked for and not heard, such as while Redis was away.
                subscribed(channel());
                return;
            }
            connection.send(
                    commands -> commands.<Long>eval(
                            ASK, ScriptOutputType.INTEGER, KEYS, id, String.valueOf(known), String.valueOf(MOST)),
                    missed -> {
                        if (missed != known) {
                            seen = missed;
                            listener.hinted();
                        }
                    });
        }

        @Override
        public void close() {
            workers.remove(channel());
            connection.unsubscribe(channel());
            connection.send(commands -> commands.zrem(KEYS[0], id), _ -> {});
        }
    }
}
