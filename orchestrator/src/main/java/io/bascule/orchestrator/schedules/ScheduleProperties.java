package io.bascule.orchestrator.schedules;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of tasks; the API has the same key.
 *
 * @param maxWaiting instant tasks of one workspace that may wait; beyond it schedules' tasks are refused
 */
@Validated
@ConfigurationProperties("bascule.tasks")
record ScheduleProperties(
        @DefaultValue("10000") @Min(1) @Max(10_000_000) int maxWaiting) {}
