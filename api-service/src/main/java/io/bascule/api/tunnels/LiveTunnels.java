package io.bascule.api.tunnels;

import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Range;
import org.springframework.data.domain.Range.Bound;
import org.springframework.data.redis.connection.DefaultStringRedisConnection;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.connection.StringRedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tunnels that live, in Redis: each as JSON in {@code tunnel:{id}}, which lapses when its bridge no longer reports it,
 * and the ids of a workspace in the sorted set {@code workspace:{id}:tunnels}, in the order they were made.
 */
@Component
class LiveTunnels {

    /** A ticket's life and the skew allowed for it. */
    private static final Duration OPENING = Duration.ofSeconds(90);
    /** Several full reports. */
    private static final Duration OPEN = Duration.ofSeconds(60);

    /** As long as its ends hold it. */
    private static final Duration DETACHED = Duration.ofMinutes(5);

    /** One key a script; a lower epoch than the one that is there changes nothing. */
    private static final String PUT = """
            local current = redis.call('get', KEYS[1])
            if current and cjson.decode(current).epoch > tonumber(ARGV[2]) then return 0 end
            redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[3])
            return 1
            """;

    private static final RedisScript<Long> REMOVE = RedisScript.of("""
            local current = redis.call('get', KEYS[1])
            if current and cjson.decode(current).epoch > tonumber(ARGV[1]) then return 0 end
            return redis.call('del', KEYS[1])
            """, Long.class);

    private final StringRedisTemplate redis;
    private final JsonMapper json;

    LiveTunnels(StringRedisTemplate redis, JsonMapper json) {
        this.redis = redis;
        this.json = json;
    }

    void put(Collection<LiveTunnel> tunnels) {
        if (tunnels.isEmpty()) {
            return;
        }
        redis.executePipelined((RedisCallback<?>) connection -> {
            tunnels.forEach(tunnel -> put(new DefaultStringRedisConnection(connection), tunnel));
            return null;
        });
    }

    private void put(StringRedisConnection redis, LiveTunnel tunnel) {
        Duration life = switch (tunnel.state()) {
            case OPENING -> OPENING;
            case OPEN -> OPEN;
            case DETACHED -> DETACHED;
        };
        redis.eval(
                PUT,
                ReturnType.INTEGER,
                1,
                key(tunnel.id()),
                json.writeValueAsString(tunnel),
                Long.toString(tunnel.epoch()),
                Long.toString(life.toMillis()));
        redis.zAdd(index(tunnel.workspace()), 0, tunnel.id().toString());
    }

    void remove(Tunnel tunnel, long epoch) {
        redis.execute(REMOVE, List.of(key(tunnel.id())), Long.toString(epoch));
        redis.opsForZSet().remove(index(tunnel.workspace()), tunnel.id().toString());
    }

    /** Those of the given tunnels that are known to live. */
    List<LiveTunnel> find(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var documents =
                redis.opsForValue().multiGet(ids.stream().map(LiveTunnels::key).toList());
        List<LiveTunnel> found = new ArrayList<>(ids.size());
        for (String document : documents == null ? List.<@Nullable String>of() : documents) {
            if (document != null) {
                found.add(json.readValue(document, LiveTunnel.class));
            }
        }
        return found;
    }

    /** The newest first. Ids whose tunnel has lapsed are dropped on the way. */
    Page<LiveTunnel> list(UUID workspace, PageRequest request) {
        List<LiveTunnel> found = new ArrayList<>();
        String before = request.after();
        while (found.size() < request.fetch()) {
            List<UUID> ids = idsBefore(workspace, before, request.fetch());
            if (ids.isEmpty()) {
                break;
            }
            List<LiveTunnel> live = find(ids);
            found.addAll(live);
            forget(workspace, ids, live);
            before = ids.getLast().toString();
        }
        List<LiveTunnel> atMost = found.subList(0, Math.min(found.size(), request.fetch()));
        return Page.cut(atMost, request, tunnel -> tunnel.id().toString());
    }

    private List<UUID> idsBefore(UUID workspace, @Nullable String before, int count) {
        Range<String> range = before == null ? Range.unbounded() : Range.leftUnbounded(Bound.exclusive(before));
        var ids = redis.opsForZSet()
                .reverseRangeByLex(index(workspace), range, Limit.limit().count(count));
        return ids == null ? List.of() : ids.stream().map(UUID::fromString).toList();
    }

    private void forget(UUID workspace, List<UUID> ids, List<LiveTunnel> live) {
        List<UUID> lapsed = new ArrayList<>(ids);
        lapsed.removeAll(live.stream().map(LiveTunnel::id).toList());
        if (!lapsed.isEmpty()) {
            redis.opsForZSet()
                    .remove(
                            index(workspace),
                            lapsed.stream().map(UUID::toString).toArray());
        }
    }

    private static String key(UUID tunnel) {
        return "tunnel:{" + tunnel + "}";
    }

    private static String index(UUID workspace) {
        return "workspace:{" + workspace + "}:tunnels";
    }
}
