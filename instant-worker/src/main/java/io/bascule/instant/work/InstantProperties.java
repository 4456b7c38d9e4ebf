package io.bascule.instant.work;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How this worker works.
 *
 * @param concurrency tasks at once
 * @param grace how long running tasks may go on when the worker stops; the rest is handed back
 */
@Validated
@ConfigurationProperties("bascule.instant")
record InstantProperties(
        @DefaultValue("16") @Min(1) @Max(1000) int concurrency,
        @DefaultValue("60s") Duration grace) {}
