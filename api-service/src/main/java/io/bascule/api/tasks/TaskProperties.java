package io.bascule.api.tasks;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of tasks.
 *
 * @param maxWaiting instant tasks of one workspace that may wait; beyond it submits are refused early with 429
 * @param maxInput largest input, as JSON in UTF-8
 * @param logFollowers how many clients may follow logs at one pod; those beyond are refused with 503
 * @param poll how often tasks that callers wait for are looked up, in case no hint comes
 */
@Validated
@ConfigurationProperties("bascule.tasks")
record TaskProperties(
        @DefaultValue("10000") @Min(1) @Max(10_000_000) int maxWaiting,
        @DefaultValue("1MB") DataSize maxInput,
        @DefaultValue("500") @Min(1) @Max(10_000) int logFollowers,
        @DefaultValue("250ms") Duration poll) {}
