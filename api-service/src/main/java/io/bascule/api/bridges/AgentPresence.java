package io.bascule.api.bridges;

import io.bascule.api.bridges.BridgeReport.Connected;
import io.bascule.api.bridges.BridgeReport.Disconnected;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.data.redis.connection.DefaultStringRedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;
import org.springframework.stereotype.Component;

/**
 * Which agents are on which bridges, in Redis: the sorted set {@code agent:{id}:bridges} has a member
 * {@code bridge/instance/version} by when the bridge last named that instance.
 */
@Component
public class AgentPresence {

    /** How long a key outlives the last report about it; what is not fresh is ignored long before. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final StringRedisTemplate redis;
    private final InstantSource clock;

    AgentPresence(StringRedisTemplate redis, InstantSource clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** Those of the bridges that the agent is on now. */
    public List<Bridge> reaching(UUID agent, List<Bridge> bridges) {
        List<Sighting> sightings = sightings(redis.opsForZSet().rangeByScoreWithScores(key(agent), oldest(), latest()));
        return bridges.stream()
                .filter(bridge -> sightings.stream().anyMatch(sighting -> isOn(sighting, bridge)))
                .toList();
    }

    /** What a bridge said before it was started anew says nothing of now. Scores, and so sightings, are in whole milliseconds. */
    private static boolean isOn(Sighting sighting, Bridge bridge) {
        Instant started = bridge.startedAt().truncatedTo(ChronoUnit.MILLIS);
        return sighting.bridge().equals(bridge.id()) && !sighting.at().isBefore(started);
    }

    /** The running instances of each of the agents; one that is offline has none. */
    public Map<UUID, List<AgentInstance>> instances(Collection<UUID> agents) {
        List<UUID> ids = List.copyOf(agents);
        List<Object> answers = redis.executePipelined((RedisCallback<?>) connection -> {
            var strings = new DefaultStringRedisConnection(connection);
            ids.forEach(id -> strings.zRangeByScoreWithScores(key(id), oldest(), latest()));
            return null;
        });
        Map<UUID, List<AgentInstance>> instances = new LinkedHashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            instances.put(ids.get(i), AgentInstance.group(sightings((Set<?>) answers.get(i))));
        }
        return instances;
    }

    private static List<Sighting> sightings(Set<?> members) {
        return members.stream()
                .map(member -> (TypedTuple<?>) member)
                .map(member -> Sighting.read(
                        String.valueOf(member.getValue()), Objects.requireNonNullElse(member.getScore(), 0.0)))
                .toList();
    }

    void connected(String bridge, List<Connected> agents) {
        Instant now = clock.instant();
        redis.executePipelined((RedisCallback<?>) connection -> {
            var strings = new DefaultStringRedisConnection(connection);
            for (Connected agent : agents) {
                var sighting = new Sighting(bridge, agent.instance(), agent.version(), now);
                strings.zRemRangeByScore(key(agent.agent()), 0, oldest());
                strings.zAdd(key(agent.agent()), (double) now.toEpochMilli(), sighting.member());
                strings.expire(key(agent.agent()), KEPT.toSeconds());
            }
            return null;
        });
    }

    void disconnected(String bridge, List<Disconnected> agents) {
        for (Disconnected agent : agents) {
            Set<String> members = redis.opsForZSet().range(key(agent.agent()), 0, -1);
            if (members != null) {
                members.stream()
                        .filter(member -> member.startsWith(Sighting.prefix(bridge, agent.instance())))
                        .forEach(member -> redis.opsForZSet().remove(key(agent.agent()), member));
            }
        }
    }

    private double oldest() {
        return (double) clock.instant().minus(BridgePresence.FRESH).toEpochMilli();
    }

    private static double latest() {
        return Double.POSITIVE_INFINITY;
    }

    private static String key(UUID agent) {
        return "agent:{" + agent + "}:bridges";
    }
}
