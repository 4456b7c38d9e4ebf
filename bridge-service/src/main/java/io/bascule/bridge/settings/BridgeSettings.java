package io.bascule.bridge.settings;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What {@code bascule.bridge.*} says.
 *
 * @param id name of this bridge, unique on the platform and stable over restarts, such as {@code bridge-0}
 * @param listenPort port of the gRPC server; 0 picks a free one
 * @param advertisedAddress {@code host:port} that agents and clients dial
 * @param authority DNS name in this bridge's certificate, sent as SNI by those who dial
 * @param maxTunnels tunnels at once; one more is answered with BUSY
 * @param maxAgents control streams at once; one more is refused
 * @param tunnelBuffer bytes held for one direction of one tunnel before its sender is no longer read
 * @param totalBufferPercent share of the heap held for all tunnels before no more are taken (BUSY) and senders are read
 *     more sparingly
 * @param hold how long one end waits for the other to come back before it is reset
 * @param drainBudget how long a stopping bridge waits for its tunnels to go on over other bridges
 * @param stateDirectory where ticket keys are kept over restarts; without it they are not
 */
@Validated
@ConfigurationProperties("bascule.bridge")
public record BridgeSettings(
        @NotBlank @Pattern(regexp = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
        String id,

        @DefaultValue("8443") @Min(0) @Max(65_535) int listenPort,

        @NotBlank @Pattern(regexp = ".+:[0-9]{1,5}", message = "must be host:port")
        String advertisedAddress,

        @NotBlank @Pattern(regexp = "[a-z0-9.-]+", message = "must be a DNS name in lower case")
        String authority,

        @DefaultValue("5000") @Min(1) @Max(100_000) int maxTunnels,
        @DefaultValue("20000") @Min(1) @Max(100_000) int maxAgents,
        @DefaultValue("320KB") @NotNull DataSize tunnelBuffer,
        @DefaultValue("25") @Min(1) @Max(50) int totalBufferPercent,
        @DefaultValue("5m") @NotNull Duration hold,
        @DefaultValue("90s") @NotNull Duration drainBudget,

        @Nullable Path stateDirectory) {}
