package io.bascule.runner.cgroup;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Version 1: a job has a group for its memory, and one for its threads, or one for both where these are mounted together. */
record SplitHierarchy(Path memoryParent, Path pidsParent, String name) implements Hierarchy {

    @Override
    public String label() {
        return "cgroups (version 1)";
    }

    @Override
    public List<Path> own() {
        return Stream.of(memoryParent, pidsParent)
                .distinct()
                .map(parent -> parent.resolve(name))
                .toList();
    }

    @Override
    public List<Setting> settings(String job, GroupLimits limits) {
        Path memory = memory(job);
        String bytes = Long.toString(limits.memoryBytes());
        return List.of(
                new Setting(memory.resolve("memory.limit_in_bytes"), bytes, true),
                new Setting(memory.resolve("memory.memsw.limit_in_bytes"), bytes, false),
                new Setting(memory.resolve("memory.swappiness"), "0", false),
                new Setting(pids(job).resolve("pids.max"), Integer.toString(limits.threads()), true));
    }

    @Override
    public Counter memoryKills(String job) {
        return new Counter(memory(job).resolve("memory.oom_control"), "oom_kill");
    }

    /** Its {@code memory.failcnt} is no such thing: since Linux 6.18 at the latest it stays at 0. */
    @Override
    public Optional<Counter> memoryRefusals(String job) {
        return Optional.empty();
    }

    @Override
    public Counter refusedThreads(String job) {
        return new Counter(pids(job).resolve("pids.events"), "max");
    }

    @Override
    public Path peakMemory(String job) {
        return memory(job).resolve("memory.max_usage_in_bytes");
    }

    @Override
    public Path peakThreads(String job) {
        return pids(job).resolve("pids.peak");
    }

    private Path memory(String job) {
        return memoryParent.resolve(name).resolve(job);
    }

    private Path pids(String job) {
        return pidsParent.resolve(name).resolve(job);
    }
}
