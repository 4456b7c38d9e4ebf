package io.bascule.queued.work;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How this worker works.
 *
 * @param concurrency tasks at once; one, unless all are light
 * @param grace how long running tasks may go on when the worker stops; the rest is handed back
 */
@Validated
@ConfigurationProperties("bascule.queued")
record QueuedProperties(
        @DefaultValue("1") @Min(1) @Max(100) int concurrency,
        @DefaultValue("90s") Duration grace) {}
