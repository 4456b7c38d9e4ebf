package io.bascule.api.workspaces;

import io.bascule.api.workspaces.WorkspaceBounds.Bounded;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much one workspace may have.
 *
 * @param maxQueues queues
 * @param maxSchedules schedules
 * @param maxFunctions functions, whatever their versions
 * @param maxSecrets secrets, of up to 64 KiB each
 * @param maxWebhooks webhooks
 */
@Validated
@ConfigurationProperties("bascule.workspaces")
record BoundProperties(
        @DefaultValue("1000") @Min(1) @Max(100_000) int maxQueues,
        @DefaultValue("1000") @Min(1) @Max(100_000) int maxSchedules,
        @DefaultValue("1000") @Min(1) @Max(100_000) int maxFunctions,
        @DefaultValue("1000") @Min(1) @Max(10_000) int maxSecrets,
        @DefaultValue("100") @Min(1) @Max(10_000) int maxWebhooks) {

    int most(Bounded kind) {
        return switch (kind) {
            case QUEUES -> maxQueues;
            case SCHEDULES -> maxSchedules;
            case FUNCTIONS -> maxFunctions;
            case SECRETS -> maxSecrets;
            case WEBHOOKS -> maxWebhooks;
        };
    }
}
