package io.bascule.functions;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the code runners are.
 *
 * @param targets {@code host:port} each; a name with several addresses stands for one runner at each
 * @param patience how long a task waits while all runners are full or away
 */
@ConfigurationProperties("bascule.runner")
record RunnerClientProperties(
        @DefaultValue List<String> targets,
        @DefaultValue("10s") Duration patience) {}
