package io.bascule.runner.sandbox;

import io.bascule.runner.cgroup.Cgroups;
import io.bascule.runner.cgroup.GroupLimits;
import io.bascule.runner.cgroup.JobCgroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the kernel itself keeps processes within, by control groups. Where these fail after the start, processes do without, unless
 * that is forbidden; each next one tries again. Safe for use by many threads.
 */
final class ProcessLimits {

    private static final Logger log = LoggerFactory.getLogger(ProcessLimits.class);

    private final CgroupPolicy policy;
    private final @Nullable Cgroups cgroups;
    private final int threads;
    /** Why the last process that was to have groups has none. */
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

    private final AtomicBoolean trying = new AtomicBoolean();

    /** With {@code cgroups} unless that is null; {@code threads} are most of a process. */
    ProcessLimits(CgroupPolicy policy, @Nullable Cgroups cgroups, int threads) {
        this.policy = policy;
        this.cgroups = cgroups;
        this.threads = threads;
    }

    /** Whoever looks keeps them. */
    static ProcessLimits none() {
        return new ProcessLimits(CgroupPolicy.OFF, null, 0);
    }

    /** Who keeps those of a process that is started now. */
    LimitKeeper keeper() {
        boolean without = cgroups == null || (policy == CgroupPolicy.AUTO && failure.get() != null);
        return without ? LimitKeeper.WATCHDOG : LimitKeeper.CGROUP;
    }

    /** Where processes find their groups. */
    List<Path> directories() {
        return cgroups == null ? List.of() : cgroups.directories();
    }

    /**
     * The control groups for a process that is to be started; null where it does without.
     *
     * @throws ProcessRefusedException where it must not
     */
    @Nullable
    JobCgroup groupOf(long id, MemorySize memory) {
        if (cgroups == null) {
            return null;
        }
        try {
            return cgroups.make(Long.toString(id), new GroupLimits(memory.bytes(), threads));
        } catch (IOException refused) {
            failed("they cannot be made: " + refused);
            return null;
        }
    }

    /**
     * No process can have groups now.
     *
     * @throws ProcessRefusedException if it must have them
     */
    void failed(String why) {
        boolean first = failure.getAndSet(why) == null;
        switch (policy) {
            case AUTO -> {
                if (first) {
                    log.warn(
                            "Control groups have begun to fail ({}), so a watchdog keeps functions within their memory and"
                                    + " threads until they work again",
                            why);
                }
            }
            case REQUIRED, OFF -> {
                if (first) {
                    log.error("Control groups have begun to fail ({}), and bascule.runner.cgroups is required", why);
                }
                throw new ProcessRefusedException("control groups fail: " + why);
            }
        }
    }

    /** A process has its groups. */
    void worked() {
        if (failure.getAndSet(null) != null) {
            log.info("Control groups work again");
        }
    }

    /**
     * Why no process can be started with the groups that it must have, if that is so.
     *
     * @param start starts one and ends it, which is tried if it was so, by one caller at a time; only a process tells whether it gets
     *     into its groups, and whoever made them alone would call a runner ready that refuses the next job
     */
    Optional<String> lacking(Runnable start) {
        if (policy == CgroupPolicy.REQUIRED && failure.get() != null && trying.compareAndSet(false, true)) {
            try {
                start.run();
            } catch (ProcessRefusedException still) {
                log.debug("Control groups still fail", still);
            } finally {
                trying.set(false);
            }
        }
        return policy == CgroupPolicy.REQUIRED ? Optional.ofNullable(failure.get()) : Optional.empty();
    }

    void close() {
        if (cgroups != null) {
            cgroups.close();
        }
    }
}
