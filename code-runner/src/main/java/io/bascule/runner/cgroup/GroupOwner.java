package io.bascule.runner.cgroup;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The runner that made a group, as the group's name tells: its process, when that began, and in which namespace that number means
 * it. So nobody removes what belongs to a runner that lives, or to one in another container.
 *
 * @param namespace of process numbers
 * @param started in the kernel's ticks since the machine's start; no two processes of one number share it
 */
record GroupOwner(String namespace, long pid, String started) {

    private static final Pattern NAME = Pattern.compile("bascule-runner-(\\d+)-(\\d{1,18})-(\\d+)-\\d+");

    /** A group's name, with a number for each that one process makes. */
    String groupName(int number) {
        return "bascule-runner-%s-%d-%s-%d".formatted(namespace, pid, started, number);
    }

    /** Empty for groups of somebody else's. */
    static Optional<GroupOwner> ofGroup(String name) {
        Matcher match = NAME.matcher(name);
        return match.matches()
                ? Optional.of(new GroupOwner(match.group(1), Long.parseLong(match.group(2)), match.group(3)))
                : Optional.empty();
    }
}
