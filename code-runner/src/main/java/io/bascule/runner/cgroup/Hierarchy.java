package io.bascule.runner.cgroup;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How groups are laid out and spoken to in one version of the kernel's interface. Only names and formats: it touches nothing. */
sealed interface Hierarchy permits UnifiedHierarchy, SplitHierarchy {

    /** As in the log. */
    String label();

    /** What a job's groups get, in this order. */
    List<Setting> settings(String job, GroupLimits limits);

    /** Where the kernel counts the processes it has ended for want of memory. */
    Counter memoryKills(String job);

    /** Where it counts how often the group wanted more memory than it may have itself, if it does. */
    Optional<Counter> memoryRefusals(String job);

    /** Where it counts the threads it has refused. */
    Counter refusedThreads(String job);

    /** Where it keeps the most memory that was used. */
    Path peakMemory(String job);

    /** Where it keeps how many threads there were at most, those counted that groups around it refused. */
    Path peakThreads(String job);

    /** The runner's own groups, each once. */
    List<Path> own();

    /** The groups of a job; its process enters each of them. */
    default List<Path> groups(String job) {
        return own().stream().map(group -> group.resolve(job)).toList();
    }

    /** A value for a file; one that is not needed may be absent. */
    record Setting(Path file, String value, boolean needed) {}

    /** A number in a file that has one on each line, after its name. */
    record Counter(Path file, String name) {

        /** 0 when it is not among the lines. */
        long in(String lines) {
            return lines.lines()
                    .map(line -> line.split(" ", -1))
                    .filter(words -> words.length == 2 && words[0].equals(name))
                    .mapToLong(words -> Long.parseLong(words[1]))
                    .findFirst()
                    .orElse(0);
        }
    }
}
