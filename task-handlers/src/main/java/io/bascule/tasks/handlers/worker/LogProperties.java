package io.bascule.tasks.handlers.worker;

import io.bascule.tasks.log.LogLimits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much of what tasks say is kept.
 *
 * @param lines of an attempt, from its beginning; its last 100 lines are kept too
 * @param bytes of those lines, 64 KB to 64 MB
 * @param keep how long a log stays in Redis after its last line, at least a minute
 */
@Validated
@ConfigurationProperties("bascule.task-logs")
record LogProperties(
        @DefaultValue("10000") @Min(100) @Max(100_000) int lines,
        @DefaultValue("1MB") DataSize bytes,
        @DefaultValue("1d") Duration keep) {

    private static final DataSize FEWEST_BYTES = DataSize.ofKilobytes(64);
    private static final DataSize MOST_BYTES = DataSize.ofMegabytes(64);
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    LogProperties {
        if (bytes.compareTo(FEWEST_BYTES) < 0 || bytes.compareTo(MOST_BYTES) > 0) {
            throw new IllegalArgumentException("bascule.task-logs.bytes: %s (expected: 64KB to 64MB)".formatted(bytes));
        }
        if (keep.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("bascule.task-logs.keep: %s (expected: 1m or more)".formatted(keep));
        }
    }

    LogLimits limits() {
        LogLimits standard = LogLimits.DEFAULT;
        return new LogLimits(
                lines,
                Math.toIntExact(bytes.toBytes()),
                standard.lastLines(),
                standard.lineBytes(),
                standard.bufferedLines(),
                standard.bufferedBytes());
    }
}
