package io.bascule.runner.cgroup;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Version 2. A group that passes limits on to others may have no processes itself, so the runner moves into one of its own,
 * beside those of its jobs:
 *
 * <pre>
 * PARENT                        where it was found
 *   bascule-runner-…            own
 *     runner                    itself and its launchers
 *     7                         a job
 * </pre>
 *
 * @param parent where the runner was found
 */
record UnifiedHierarchy(Path parent, Path group) implements Hierarchy {

    static final String PROCESSES = "cgroup.procs";
    static final String CONTROLLERS = "cgroup.controllers";
    static final String PASSED_ON = "cgroup.subtree_control";
    static final String KILL = "cgroup.kill";
    static final List<String> NEEDED = List.of("memory", "pids");

    @Override
    public String label() {
        return "cgroups (version 2)";
    }

    @Override
    public List<Path> own() {
        return List.of(group);
    }

    /** Where the runner itself goes. */
    Path runner() {
        return group.resolve("runner");
    }

    @Override
    public List<Setting> settings(String job, GroupLimits limits) {
        Path own = group.resolve(job);
        return List.of(
                new Setting(own.resolve("memory.max"), Long.toString(limits.memoryBytes()), true),
                new Setting(own.resolve("memory.swap.max"), "0", false),
                new Setting(own.resolve("memory.oom.group"), "1", false),
                new Setting(own.resolve("pids.max"), Integer.toString(limits.threads()), true));
    }

    @Override
    public Counter memoryKills(String job) {
        return new Counter(group.resolve(job).resolve("memory.events"), "oom_kill");
    }

    /** Told to the group whose limit it was and to those around it, never to those within. */
    @Override
    public Optional<Counter> memoryRefusals(String job) {
        return Optional.of(new Counter(group.resolve(job).resolve("memory.events"), "oom"));
    }

    @Override
    public Counter refusedThreads(String job) {
        return new Counter(group.resolve(job).resolve("pids.events"), "max");
    }

    @Override
    public Path peakMemory(String job) {
        return group.resolve(job).resolve("memory.peak");
    }

    @Override
    public Path peakThreads(String job) {
        return group.resolve(job).resolve("pids.peak");
    }
}
