package io.bascule.tasks.log;

import io.bascule.tasks.redis.RedisAddress;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XTrimArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Logs as Redis streams: one key a task, a line's position as its id, gone when nothing was added for a while. A stream keeps
 * the last {@value #ATTEMPTS} attempts.
 */
public final class RedisLogStore implements LogStore {

    private static final int ATTEMPTS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration AFTER_ARCHIVE = Duration.ofMinutes(10);
    /** A sorted set of the open logs by the time of their last line or look. */
    private static final String OPEN = "task-logs:open";

    private static final String IF_UNTOUCHED =
            "if tonumber(redis.call('zscore', KEYS[1], ARGV[1]) or '-1') == tonumber(ARGV[2])"
                    + " then redis.call(%s) return 1 end return 0";
    private static final String TIME = "t";
    private static final String LEVEL = "l";
    private static final String TEXT = "x";

    private final RedisConnector redis;
    private final Duration keep;
    private final InstantSource clock;

    /**
     * In one server.
     *
     * @param keep how long a log stays after its last line
     */
    public RedisLogStore(RedisURI server, Duration keep, InstantSource clock) {
        this(new RedisAddress.Server(server), keep, clock);
    }

    /** @param keep how long a log stays after its last line */
    public RedisLogStore(RedisAddress address, Duration keep, InstantSource clock) {
        this.redis = new RedisConnector(address);
        this.keep = keep;
        this.clock = clock;
    }

    @Override
    public void append(LogKey log, List<LogLine> lines) {
        RedisClusterAsyncCommands<String, String> commands = redis.commands();
        String key = key(log);
        List<RedisFuture<?>> sent = new ArrayList<>();
        boolean begins = lines.stream().anyMatch(line -> line.at().line() == 1);
        if (begins) {
            // Where nobody archives, what is open is forgotten when the log itself has gone.
            sent.add(commands.zremrangebyscore(OPEN, Range.create(0L, clock.millis() - keep.toMillis())));
        }
        for (LogLine line : lines) {
            sent.add(add(commands, key, line));
            if (line.at().line() == 1 && line.at().attempt() > ATTEMPTS) {
                String first = new LogPosition(line.at().attempt() - ATTEMPTS + 1, 0).toString();
                sent.add(commands.xtrim(key, XTrimArgs.Builder.minId(first)));
            }
        }
        sent.add(commands.pexpire(key, keep));
        sent.add(commands.zadd(OPEN, (double) clock.millis(), member(log)));
        sent.forEach(RedisLogStore::await);
    }

    @Override
    public List<LogLine> read(LogKey log, LogPosition after, int most) {
        String first = new LogPosition(after.attempt(), after.line() + 1).toString();
        Range<String> range = Range.from(Range.Boundary.including(first), Range.Boundary.unbounded());
        List<StreamMessage<String, String>> found = await(redis.commands().xrange(key(log), range, Limit.from(most)));
        return found == null
                ? List.of()
                : found.stream().map(RedisLogStore::line).toList();
    }

    @Override
    public List<OpenLog> open(Instant untouchedSince, int most) {
        Range<Long> touched = Range.create(0L, untouchedSince.toEpochMilli());
        List<ScoredValue<String>> found =
                await(redis.commands().zrangebyscoreWithScores(OPEN, touched, Limit.from(most)));
        return found == null
                ? List.of()
                : found.stream().map(RedisLogStore::open).toList();
    }

    @Override
    public void looked(OpenLog log, Instant now) {
        var _ = await(redis.commands()
                .<Long>eval(
                        IF_UNTOUCHED.formatted("'zadd', KEYS[1], ARGV[3], ARGV[1]"),
                        ScriptOutputType.INTEGER,
                        new String[] {OPEN},
                        member(log.key()),
                        Long.toString(log.touched()),
                        Long.toString(now.toEpochMilli())));
    }

    /** Two keys, hence two steps: who writes between them opens the log again and gives it its time again. */
    @Override
    public void archived(OpenLog log) {
        Long closed = await(redis.commands()
                .<Long>eval(
                        IF_UNTOUCHED.formatted("'zrem', KEYS[1], ARGV[1]"),
                        ScriptOutputType.INTEGER,
                        new String[] {OPEN},
                        member(log.key()),
                        Long.toString(log.touched())));
        if (closed != null && closed > 0) {
            var _ = await(redis.commands().pexpire(key(log.key()), AFTER_ARCHIVE));
        }
    }

    @Override
    public void close() {
        redis.close();
    }

    private static RedisFuture<?> add(RedisClusterAsyncCommands<String, String> commands, String key, LogLine line) {
        return commands.xadd(
                key,
                new XAddArgs().id(line.at().toString()),
                TIME,
                Long.toString(line.time().toEpochMilli()),
                LEVEL,
                line.level().word(),
                TEXT,
                line.text());
    }

    private static LogLine line(StreamMessage<String, String> message) {
        Map<String, String> body = message.getBody();
        return new LogLine(
                LogPosition.parse(message.getId()).orElse(LogPosition.START),
                Instant.ofEpochMilli(Long.parseLong(body.getOrDefault(TIME, "0"))),
                LogLevel.of(body.getOrDefault(LEVEL, "info")),
                body.getOrDefault(TEXT, ""));
    }

    /** What an id says that is not above the last one is passed over; see {@link LogStore#append}. */
    private static <T> @Nullable T await(RedisFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RedisCommandExecutionException refused && isOld(refused)) {
                return null;
            }
            throw new LogsAwayException("Redis refused a log: " + failure.getCause(), failure);
        } catch (TimeoutException | RedisException failure) {
            throw new LogsAwayException("Redis did not answer about a log", failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new LogsAwayException("interrupted while Redis stored a log", stop);
        }
    }

    private static boolean isOld(RedisCommandExecutionException refused) {
        return String.valueOf(refused.getMessage()).contains("equal or smaller than the target stream top item");
    }

    private static String member(LogKey log) {
        return log.workspace() + "/" + log.task();
    }

    private static OpenLog open(ScoredValue<String> member) {
        String[] ids = member.getValue().split("/", 2);
        return new OpenLog(new LogKey(UUID.fromString(ids[0]), UUID.fromString(ids[1])), (long) member.getScore());
    }

    private static String key(LogKey log) {
        return "task-log:%s:%s".formatted(log.workspace(), log.task());
    }
}
