package io.bascule.runner.cgroup;

import java.io.IOException;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The groups of one job's process, until they are closed. Safe for use by many threads. */
public final class JobCgroup implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JobCgroup.class);

    private final String job;
    private final Hierarchy hierarchy;
    private final CgroupFiles files;
    private final GroupLimits limits;

    JobCgroup(String job, GroupLimits limits, Hierarchy hierarchy, CgroupFiles files) {
        this.limits = limits;
        this.job = job;
        this.hierarchy = hierarchy;
        this.files = files;
    }

    /** What it has run into so far. */
    public Set<KernelLimit> hits() {
        Set<KernelLimit> hits = EnumSet.noneOf(KernelLimit.class);
        if (hasCounted(hierarchy.memoryKills(job))) {
            hits.add(hadAll() ? KernelLimit.MEMORY : KernelLimit.MEMORY_OF_OTHERS);
        }
        if (hasCounted(hierarchy.refusedThreads(job))) {
            hits.add(KernelLimit.THREADS);
        }
        return hits;
    }

    /** Where refusals are not counted: what it had at most was nearly its limit. */
    private boolean hadAll() {
        return hierarchy
                .memoryRefusals(job)
                .map(this::hasCounted)
                .orElseGet(() -> peakMemoryBytes().orElse(0) >= limits.memoryBytes() / 10 * 9);
    }

    /** The most that the kernel charged to it; empty where the kernel does not keep that. */
    public OptionalLong peakMemoryBytes() {
        try {
            return OptionalLong.of(
                    Long.parseLong(files.read(hierarchy.peakMemory(job)).strip()));
        } catch (IOException unknown) {
            return OptionalLong.empty();
        }
    }

    /** Removes them; nothing may run in them any more. Blocks until they are gone. Idempotent. */
    @Override
    public void close() {
        var removal = new GroupRemoval(files);
        hierarchy.groups(job).forEach(removal::remove);
    }

    private boolean hasCounted(Hierarchy.Counter counter) {
        try {
            return counter.in(files.read(counter.file())) > 0;
        } catch (IOException unknown) {
            log.debug("Counts of a control group cannot be read", unknown);
            return false;
        }
    }
}
