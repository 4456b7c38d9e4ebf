package io.bascule.runner.cgroup;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** In which groups this process is, by what the kernel tells of its mounts and of the process. */
sealed interface CgroupPlace {

    /** Version 2: one group, for all that is limited. */
    record Unified(Path own) implements CgroupPlace {}

    /** Version 1: a group for each thing that is limited. */
    record Split(Path memory, Path pids) implements CgroupPlace {}

    /** None that can be seen from here. */
    record Nowhere(String why) implements CgroupPlace {}

    /** Reads {@code /proc/self/mountinfo} and {@code /proc/self/cgroup}. */
    static CgroupPlace of(List<String> mountLines, List<String> groupLines) {
        List<Mount> mounts =
                mountLines.stream().map(Mount::parse).flatMap(Optional::stream).toList();
        List<Membership> memberships =
                groupLines.stream().map(Membership::parse).toList();
        if (memberships.stream()
                .noneMatch(membership -> membership.controllers().contains("memory"))) {
            return directory("", memberships, mounts)
                    .<CgroupPlace>map(Unified::new)
                    .orElse(new Nowhere("no control groups are mounted here"));
        }
        Optional<Path> memory = directory("memory", memberships, mounts);
        Optional<Path> pids = directory("pids", memberships, mounts);
        if (memory.isEmpty() || pids.isEmpty()) {
            return new Nowhere("those of version 1 for memory and pids are not both mounted here");
        }
        return new Split(memory.get(), pids.get());
    }

    private static Optional<Path> directory(String controller, List<Membership> memberships, List<Mount> mounts) {
        return memberships.stream()
                .filter(membership -> membership.controllers().contains(controller))
                .findFirst()
                .flatMap(membership -> mounts.stream()
                        .filter(mount -> mount.shows(controller))
                        .flatMap(mount -> mount.directory(membership.path()).stream())
                        .findFirst());
    }

    /** One line of {@code /proc/self/cgroup}; version 2 has one whose only controller is "". */
    record Membership(List<String> controllers, String path) {

        static Membership parse(String line) {
            String[] parts = line.split(":", 3);
            return new Membership(List.of(parts[1].split(",", -1)), parts[2]);
        }
    }

    /** A hierarchy of groups, from {@code root} on, at a place; controllers are among the options of version 1. */
    record Mount(String type, Path root, Path at, List<String> options) {

        /** Empty for a mount of something else. */
        static Optional<Mount> parse(String line) {
            String[] halves = line.split(" - ", 2);
            String[] before = halves[0].split(" ", -1);
            String[] after = halves[1].split(" ", -1);
            return after[0].startsWith("cgroup")
                    ? Optional.of(new Mount(
                            after[0],
                            Path.of(before[3]),
                            Path.of(before[4]),
                            Arrays.asList(after[after.length - 1].split(",", -1))))
                    : Optional.empty();
        }

        boolean shows(String controller) {
            return controller.isEmpty()
                    ? type.equals("cgroup2")
                    : type.equals("cgroup") && options.contains(controller);
        }

        /** Where the group of that path is; empty when it lies outside of what is mounted. */
        Optional<Path> directory(String path) {
            Path group = Path.of(path);
            return group.startsWith(root) && !path.contains("/..")
                    ? Optional.of(at.resolve(root.relativize(group)).normalize())
                    : Optional.empty();
        }
    }
}
