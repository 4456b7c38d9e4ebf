package io.bascule.runner.cgroup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a runner's own groups, and what can be made of them; leaves everything as it was when it cannot. */
record CgroupOpening(CgroupFiles files, Processes processes) {

    private static final Logger log = LoggerFactory.getLogger(CgroupOpening.class);

    /**
     * Opens them where this process is.
     *
     * @throws CgroupsUnavailableException saying why it cannot
     */
    Cgroups open(CgroupPlace place) throws CgroupsUnavailableException {
        try {
            return switch (place) {
                case CgroupPlace.Unified(Path own) -> unified(own);
                case CgroupPlace.Split(Path memory, Path pids) -> split(memory, pids);
                case CgroupPlace.Nowhere(String why) -> throw new CgroupsUnavailableException(why);
            };
        } catch (IOException failure) {
            throw new CgroupsUnavailableException(reason(failure), failure);
        }
    }

    private Cgroups split(Path memory, Path pids) throws IOException {
        var hierarchy = new SplitHierarchy(memory, pids, freeName(List.of(memory, pids)));
        var opened = new Cgroups(hierarchy, files, () -> hierarchy.own().forEach(removal()::removeAll));
        try {
            for (Path group : hierarchy.own()) {
                files.create(group);
            }
            opened.rehearse();
            sweep(List.of(memory, pids));
            return opened;
        } catch (IOException failure) {
            opened.close();
            throw failure;
        }
    }

    private Cgroups unified(Path parent) throws IOException, CgroupsUnavailableException {
        List<String> offered = words(parent.resolve(UnifiedHierarchy.CONTROLLERS));
        if (!offered.containsAll(UnifiedHierarchy.NEEDED)) {
            throw new CgroupsUnavailableException("%s offers %s (needed: %s)"
                    .formatted(
                            parent.resolve(UnifiedHierarchy.CONTROLLERS),
                            String.join(" ", offered),
                            String.join(" ", UnifiedHierarchy.NEEDED)));
        }
        var hierarchy = new UnifiedHierarchy(parent, parent.resolve(freeName(List.of(parent))));
        List<String> lacking = UnifiedHierarchy.NEEDED.stream()
                .filter(controller -> !isPassedOn(parent, controller))
                .toList();
        if (!lacking.isEmpty() && !groupsOfOthers(parent).isEmpty()) {
            throw new CgroupsUnavailableException(
                    "%s does not pass on %s, and to change that is not the runner's: others have groups in it; give the runner one of its own"
                            .formatted(parent, String.join(" ", lacking)));
        }
        var opened = new Cgroups(hierarchy, files, () -> leave(hierarchy, lacking));
        try {
            enter(hierarchy, lacking);
            opened.rehearse();
            sweep(List.of(parent));
            return opened;
        } catch (IOException failure) {
            opened.close();
            throw failure;
        }
    }

    private void enter(UnifiedHierarchy hierarchy, List<String> lacking) throws IOException {
        files.create(hierarchy.group());
        files.create(hierarchy.runner());
        move(hierarchy.runner());
        try {
            passOn(hierarchy.parent(), '+', lacking);
        } catch (IOException refused) {
            throw new FileSystemException(
                    hierarchy.parent().toString(),
                    null,
                    reason(refused) + "; give the runner a group in which no other process is");
        }
        passOn(hierarchy.group(), '+', UnifiedHierarchy.NEEDED);
    }

    /** Those of runners that have gone are nobody's. */
    private List<Path> groupsOfOthers(Path parent) throws IOException {
        List<Path> others = new ArrayList<>();
        for (Path group : files.groups(parent)) {
            if (!isForsaken(group.getFileName().toString())) {
                others.add(group);
            }
        }
        return others;
    }

    /** As it was before; but what others have come to use meanwhile stays theirs, and the runner in its group until it ends. */
    private void leave(UnifiedHierarchy hierarchy, List<String> passedOn) {
        try {
            if (!files.exists(hierarchy.group())) {
                return;
            }
            for (Path group : files.groups(hierarchy.group())) {
                if (!group.equals(hierarchy.runner())) {
                    removal().removeAll(group);
                }
            }
            boolean isUsedByOthers =
                    groupsOfOthers(hierarchy.parent()).stream().anyMatch(group -> !group.equals(hierarchy.group()));
            if (isUsedByOthers && !passedOn.isEmpty()) {
                log.warn(
                        "The runner stays in its control group {}: others have made groups beside it",
                        hierarchy.runner());
                return;
            }
            passOn(hierarchy.group(), '-', UnifiedHierarchy.NEEDED);
            passOn(hierarchy.parent(), '-', passedOn);
            move(hierarchy.parent());
            removal().remove(hierarchy.runner());
            removal().remove(hierarchy.group());
        } catch (IOException stays) {
            log.warn("The runner stays in its control group {}: {}", hierarchy.runner(), reason(stays));
        }
    }

    private void move(Path group) throws IOException {
        files.write(
                group.resolve(UnifiedHierarchy.PROCESSES),
                Long.toString(processes.self().pid()));
    }

    private void passOn(Path group, char sign, List<String> controllers) throws IOException {
        for (String controller : controllers) {
            if (isPassedOn(group, controller) == (sign == '-')) {
                files.write(group.resolve(UnifiedHierarchy.PASSED_ON), sign + controller);
            }
        }
    }

    private boolean isPassedOn(Path group, String controller) {
        try {
            return words(group.resolve(UnifiedHierarchy.PASSED_ON)).contains(controller);
        } catch (IOException absent) {
            return false;
        }
    }

    private List<String> words(Path file) throws IOException {
        return Arrays.asList(files.read(file).strip().split(" ", -1));
    }

    /** What a runner left that was killed; only once it is known that groups can be made and removed here. */
    private void sweep(List<Path> parents) throws IOException {
        for (Path parent : parents) {
            for (Path group : files.groups(parent)) {
                if (isForsaken(group.getFileName().toString())) {
                    log.info("Removing the control group of a runner that has gone: {}", group);
                    removal().removeAll(group);
                }
            }
        }
    }

    private boolean isForsaken(String group) throws IOException {
        String here = processes.self().namespace();
        return GroupOwner.ofGroup(group)
                .filter(owner -> owner.namespace().equals(here) && !processes.lives(owner))
                .isPresent();
    }

    private String freeName(List<Path> parents) throws IOException {
        GroupOwner self = processes.self();
        int number = 1;
        while (isTaken(parents, self.groupName(number))) {
            number++;
        }
        return self.groupName(number);
    }

    private boolean isTaken(List<Path> parents, String name) {
        return parents.stream().anyMatch(parent -> files.exists(parent.resolve(name)));
    }

    private GroupRemoval removal() {
        return new GroupRemoval(files);
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> denied.getFile() + " may not be written";
            case NoSuchFileException absent -> absent.getFile() + " is not there";
            case FileSystemException other -> "%s: %s".formatted(other.getFile(), other.getReason());
            default -> String.valueOf(failure.getMessage());
        };
    }
}
