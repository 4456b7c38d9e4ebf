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
 * @param bytes of those lines
 * @param keep how long a log stays in Redis after its last line
 */
@Validated
@ConfigurationProperties("bascule.task-logs")
record LogProperties(
        @DefaultValue("10000") @Min(100) @Max(100_000) int lines,
        @DefaultValue("1MB") DataSize bytes,
        @DefaultValue("1d") Duration keep) {

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
