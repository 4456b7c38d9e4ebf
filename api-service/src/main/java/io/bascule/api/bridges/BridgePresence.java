package io.bascule.api.bridges;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which bridges are up, in Redis: the last report of each as JSON in {@code bridge:{id}} for ten seconds, their ids in
 * the sorted set {@code bridges} by when they reported, their tunnels' number in {@code bridges:load}.
 */
@Component
public class BridgePresence {

    static final Duration FRESH = Duration.ofSeconds(10);

    private static final String IDS = "bridges";
    private static final String LOAD = "bridges:load";

    private final StringRedisTemplate redis;
    private final JsonMapper json;
    private final InstantSource clock;

    BridgePresence(StringRedisTemplate redis, JsonMapper json, InstantSource clock) {
        this.redis = redis;
        this.json = json;
        this.clock = clock;
    }

    /** All bridges that reported in the last ten seconds, by id. */
    public List<Bridge> live() {
        Instant now = clock.instant();
        var ids = redis.opsForZSet()
                .rangeByScore(IDS, (double) now.minus(FRESH).toEpochMilli(), Double.POSITIVE_INFINITY);
        return ids == null || ids.isEmpty()
                ? List.of()
                : find(ids.stream().sorted().toList());
    }

    /** Those of the given bridges that are up. */
    public List<Bridge> find(Collection<String> ids) {
        var documents = redis.opsForValue()
                .multiGet(ids.stream().map(BridgePresence::key).toList());
        List<Bridge> found = new ArrayList<>(ids.size());
        for (String document : documents == null ? List.<@Nullable String>of() : documents) {
            if (document != null) {
                found.add(json.readValue(document, Bridge.class));
            }
        }
        return found;
    }

    /** How many tunnels each of the bridges carries or was just given, in the order of the ids. */
    public List<Long> loads(List<String> ids) {
        var scores = redis.opsForZSet().score(LOAD, ids.toArray());
        List<Long> loads = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            Double score = scores == null ? null : scores.get(i);
            loads.add(score == null ? 0L : score.longValue());
        }
        return loads;
    }

    /** Counts a tunnel that is given to a bridge before the bridge can report it. */
    public void assigned(String bridge) {
        redis.opsForZSet().incrementScore(LOAD, bridge, 1);
    }

    Optional<Bridge> find(String id) {
        return Optional.ofNullable(redis.opsForValue().get(key(id)))
                .map(document -> json.readValue(document, Bridge.class));
    }

    void reported(Bridge bridge, BridgeReport report) {
        redis.opsForValue().set(key(bridge.id()), json.writeValueAsString(bridge), FRESH);
        redis.opsForZSet().add(IDS, bridge.id(), (double) clock.millis());
        int closed = report.tunnels().closed().size();
        if (report.full()) {
            redis.opsForZSet().add(LOAD, bridge.id(), report.tunnels().open().size());
        } else if (closed > 0) {
            redis.opsForZSet().incrementScore(LOAD, bridge.id(), -closed);
        }
    }

    private static String key(String id) {
        return "bridge:{" + id + "}";
    }
}
