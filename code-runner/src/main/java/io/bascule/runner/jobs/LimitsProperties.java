package io.bascule.runner.jobs;

import io.bascule.runner.sandbox.MemorySize;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** One set of limits, as configured; {@code application.yaml} holds the values that ship. */
record LimitsProperties(
        @NotNull Duration wallTime,
        @NotNull Duration cpuTime,
        @NotNull DataSize memory,
        @NotNull DataSize output,
        @NotNull DataSize log) {

    JobLimits limits() {
        return new JobLimits(
                wallTime,
                cpuTime,
                new MemorySize(Math.toIntExact(memory.toMegabytes())),
                Math.toIntExact(output.toBytes()),
                Math.toIntExact(log.toBytes()));
    }
}
