package io.bascule.runner.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The control groups of one sandbox, and of its jobs, until they are closed. Safe for use by many threads. */
public final class Cgroups implements AutoCloseable {

    private final Hierarchy hierarchy;
    private final CgroupFiles files;
    private final Runnable leave;
    private final AtomicLong rehearsals = new AtomicLong();

    /** In groups of its own that are there; {@code leave} removes them once those of jobs have gone. */
    Cgroups(Hierarchy hierarchy, CgroupFiles files, Runnable leave) {
        this.hierarchy = hierarchy;
        this.files = files;
        this.leave = leave;
    }

    /**
     * Makes the runner's own groups where it was started, and removes those there whose runner has gone. With version 2 this
     * process goes into one of them, so that what it starts from then on is in there too.
     *
     * @throws CgroupsUnavailableException when it may not, or that would not limit anything; nothing is changed then
     */
    public static Cgroups open() throws CgroupsUnavailableException {
        try {
            CgroupPlace place = CgroupPlace.of(
                    Files.readAllLines(Path.of("/proc/self/mountinfo")),
                    Files.readAllLines(Path.of("/proc/self/cgroup")));
            return new CgroupOpening(new KernelCgroupFiles(), Processes.ofThisMachine()).open(place);
        } catch (IOException failure) {
            throw new CgroupsUnavailableException("the kernel does not tell of them: " + failure.getMessage(), failure);
        }
    }

    /** As in the log. */
    public String label() {
        return hierarchy.label();
    }

    /** In each of these a job's process enters the group that is named like the job. */
    public List<Path> directories() {
        return hierarchy.own();
    }

    /** Makes the groups of a job, before its process. */
    public JobCgroup make(String job, GroupLimits limits) throws IOException {
        var made = new JobCgroup(job, limits, hierarchy, files);
        try {
            for (Path group : hierarchy.groups(job)) {
                files.create(group);
            }
            for (Hierarchy.Setting setting : hierarchy.settings(job, limits)) {
                if (setting.needed() || files.exists(setting.file())) {
                    files.write(setting.file(), setting.value());
                }
            }
            return made;
        } catch (IOException failure) {
            made.close();
            throw failure;
        }
    }

    /** Finds out whether limits can be set and what comes of them be read, by doing it; throws if they cannot. */
    void rehearse() throws IOException {
        String job = "rehearsal-" + rehearsals.incrementAndGet();
        try (var _ = make(job, new GroupLimits(64L << 20, 8))) {
            files.read(hierarchy.memoryKills(job).file());
            files.read(hierarchy.refusedThreads(job).file());
        }
    }

    /** Removes them all, those of jobs first. Idempotent. */
    @Override
    public void close() {
        leave.run();
    }
}
