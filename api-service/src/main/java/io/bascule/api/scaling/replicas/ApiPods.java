package io.bascule.api.scaling.replicas;

import java.time.Duration;
import java.time.InstantSource;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Which API pods are up, in Redis: their names in the sorted set {@code api-pods} by when they were heard of. */
class ApiPods {

    private static final String PODS = "api-pods";
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final StringRedisTemplate redis;
    private final InstantSource clock;
    private final String self;

    /** @param self this process, unique among all */
    ApiPods(StringRedisTemplate redis, InstantSource clock, String self) {
        this.redis = redis;
        this.clock = clock;
        this.self = self;
    }

    /** Says that this pod is up; to be called several times in ten seconds. */
    void beat() {
        redis.opsForZSet().add(PODS, self, (double) clock.millis());
        redis.opsForZSet().removeRangeByScore(PODS, 0, (double) (clock.millis() - FORGOTTEN.toMillis()));
    }

    /** Says that it goes. */
    void leave() {
        redis.opsForZSet().remove(PODS, self);
    }

    /** Those that were heard of in the last ten seconds. */
    int count() {
        Long fresh =
                redis.opsForZSet().count(PODS, (double) (clock.millis() - FRESH.toMillis()), Double.POSITIVE_INFINITY);
        return fresh == null ? 0 : fresh.intValue();
    }
}
