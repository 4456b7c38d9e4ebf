package io.bascule.api;

import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Comes back to Redis within half a second of its return, which is less than a command waits for its answer; left
 * alone, the client's tries grow half a minute apart.
 */
@Configuration(proxyBeanMethods = false)
class RedisReconnect {

    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofMillis(500);

    @Bean
    ClientResourcesBuilderCustomizer reconnectSoon() {
        return resources -> resources.reconnectDelay(
                Delay.fullJitter(SHORTEST, LONGEST, SHORTEST.toMillis(), TimeUnit.MILLISECONDS));
    }
}
