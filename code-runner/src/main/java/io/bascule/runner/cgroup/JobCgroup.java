package io.bascule.runner.cgroup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
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
        try {
            if (hasCounted(hierarchy.memoryKills(job))) {
                hits.add(hadAllMemory() ? KernelLimit.MEMORY : KernelLimit.MEMORY_OF_OTHERS);
            }
            if (hasCounted(hierarchy.refusedThreads(job))) {
                hits.add(hadAllThreads() ? KernelLimit.THREADS : KernelLimit.THREADS_OF_OTHERS);
            }
        } catch (IOException unknown) {
            log.debug("Counts of a control group cannot be read", unknown);
            hits.add(KernelLimit.UNTOLD);
        }
        return hits;
    }

    /** Where refusals are not counted: what it had at most was nearly its limit. */
    private boolean hadAllMemory() throws IOException {
        Optional<Hierarchy.Counter> refusals = hierarchy.memoryRefusals(job);
        return refusals.isPresent()
                ? hasCounted(refusals.get())
                : peakMemoryBytes().orElse(0) >= limits.memoryBytes() / 10 * 9;
    }

    /** Most kernels count here what groups around it refused, too; those that do not tell the peak give no other hint. */
    private boolean hadAllThreads() {
        return number(hierarchy.peakThreads(job)).orElse(limits.threads()) >= limits.threads();
    }

    /** The most that the kernel charged to it; empty where the kernel does not keep that. */
    public OptionalLong peakMemoryBytes() {
        return number(hierarchy.peakMemory(job));
    }

    private OptionalLong number(Path file) {
        try {
            return OptionalLong.of(Long.parseLong(files.read(file).strip()));
        } catch (IOException unknown) {
            return OptionalLong.empty();
        }
    }

    /** Removes them; nothing may run in them any more. Blocks until they are gone. Idempotent. */
    @Override
    public void close() {
        var removal = new GroupRemoval(files);
        hierarchy.groups(job).stream().filter(files::exists).forEach(removal::remove);
    }

    private boolean hasCounted(Hierarchy.Counter counter) throws IOException {
        return counter.in(files.read(counter.file())) > 0;
    }
}
