package io.bascule.runner.resource;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is the same for the connections of every job to resources.
 *
 * @param connections most that a job may have at once; a worker carries 64, and leaves what is beyond unanswered
 * @param connectionsInAll most that a job may ask for, one after the other
 * @param openedWithin from the asking to the way's opening
 * @param idle while nothing passes either way
 */
@Validated
@ConfigurationProperties("bascule.runner.resources")
public record ResourceProperties(
        @DefaultValue("16") @Min(0) @Max(64) int connections,
        @DefaultValue("256") int connectionsInAll,
        @DefaultValue("30s") Duration openedWithin,
        @DefaultValue("5m") Duration idle) {}
