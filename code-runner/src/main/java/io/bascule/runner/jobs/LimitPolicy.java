package io.bascule.runner.jobs;

import io.bascule.runner.sandbox.MemorySize;
import java.time.Duration;

/** Which limits a job gets: those it asks for, up to the runner's maximum, and the runner's defaults for the rest. */
public final class LimitPolicy {

    private final JobLimits defaults;
    private final JobLimits maximum;

    LimitPolicy(JobLimits defaults, JobLimits maximum) {
        this.defaults = defaults;
        this.maximum = maximum;
        check(new Wish(
                defaults.wallTime().toMillis(),
                defaults.cpuTime().toMillis(),
                defaults.memory().mebibytes(),
                defaults.outputBytes(),
                defaults.logBytes()));
    }

    /** What a caller asks for, 0 where it does not care: ms, ms, MiB, bytes, bytes. */
    public record Wish(long wallMillis, long cpuMillis, long memoryMebibytes, long outputBytes, long logBytes) {}

    /**
     * The limits of a job.
     *
     * @throws IllegalArgumentException saying which wish is too high and how high it may be
     */
    public JobLimits grant(Wish wish) {
        check(wish);
        long wallMillis = or(wish.wallMillis(), defaults.wallTime().toMillis());
        return new JobLimits(
                Duration.ofMillis(wallMillis),
                Duration.ofMillis(or(wish.cpuMillis(), cpuMillisFor(wallMillis))),
                new MemorySize(
                        (int) or(wish.memoryMebibytes(), defaults.memory().mebibytes())),
                (int) or(wish.outputBytes(), defaults.outputBytes()),
                (int) or(wish.logBytes(), defaults.logBytes()));
    }

    /** Who may take longer may compute longer, in the proportion of the defaults; never less than by default. */
    private long cpuMillisFor(long wallMillis) {
        long least = defaults.cpuTime().toMillis();
        long share = wallMillis * least / Math.max(1, defaults.wallTime().toMillis());
        return Math.clamp(share, least, maximum.cpuTime().toMillis());
    }

    private void check(Wish wish) {
        atMost("wall_millis", wish.wallMillis(), maximum.wallTime().toMillis());
        atMost("cpu_millis", wish.cpuMillis(), maximum.cpuTime().toMillis());
        atMost("memory_mib", wish.memoryMebibytes(), maximum.memory().mebibytes());
        atMost("output_bytes", wish.outputBytes(), maximum.outputBytes());
        atMost("log_bytes", wish.logBytes(), maximum.logBytes());
    }

    private static void atMost(String name, long wanted, long most) {
        if (wanted > most) {
            throw new IllegalArgumentException("limits.%s: %d (expected: <= %d)".formatted(name, wanted, most));
        }
    }

    private static long or(long wanted, long otherwise) {
        return wanted == 0 ? otherwise : wanted;
    }
}
