package io.bascule.runner.rpc;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may call, and where.
 *
 * @param grpcPort 0 picks a free one
 * @param callers the services that may run functions
 */
@Validated
@ConfigurationProperties("bascule.runner")
record RpcProperties(
        @DefaultValue("5090") @Min(0) @Max(65535) int grpcPort,

        @DefaultValue({"api-service", "instant-worker", "queued-worker"}) @NotEmpty
        List<String> callers) {}
