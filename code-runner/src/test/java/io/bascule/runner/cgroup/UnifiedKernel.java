package io.bascule.runner.cgroup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Control groups of version 2 as the kernel's documentation has them: files of controllers are there only where the parent passes
 * these on; a group that does has no processes itself; what is not empty stays.
 */
final class UnifiedKernel implements CgroupFiles {

    private static final Map<String, Map<String, String>> FILES = Map.of(
            "memory",
            Map.of("memory.max", "max", "memory.swap.max", "max", "memory.events", "oom 0\noom_kill 0\n"),
            "pids",
            Map.of("pids.max", "max", "pids.events", "max 0\n"));

    private final Map<Path, Group> groups = new TreeMap<>();
    private final Set<Path> closed = new LinkedHashSet<>();
    /** How many attempts fail before something is removed, as when its last process is just ending. */
    int busyFor;

    int pauses;
    /** Whether the uppermost group is that of the whole machine, which alone may have processes and pass limits on. */
    boolean isMachines;

    private final Path top;

    /** One group. */
    static final class Group {

        final Set<Long> processes = new LinkedHashSet<>();
        final Set<String> passedOn = new LinkedHashSet<>();
        final Map<String, String> settings = new HashMap<>();
        private Set<String> offered = Set.of();

        private void offer(Set<String> controllers) {
            offered = new LinkedHashSet<>(controllers);
            FILES.forEach((controller, files) -> {
                if (controllers.contains(controller)) {
                    files.forEach(settings::putIfAbsent);
                } else {
                    settings.keySet().removeAll(files.keySet());
                }
            });
        }

        private @Nullable String read(String name) {
            return switch (name) {
                case UnifiedHierarchy.CONTROLLERS -> String.join(" ", offered);
                case UnifiedHierarchy.PASSED_ON -> String.join(" ", passedOn);
                case UnifiedHierarchy.PROCESSES -> "";
                default -> settings.get(name);
            };
        }
    }

    UnifiedKernel(Path top, String... controllers) {
        this.top = top;
        var group = new Group();
        group.offer(new LinkedHashSet<>(List.of(controllers)));
        groups.put(top, group);
    }

    /** One that is there. */
    Group group(Path path) {
        return Objects.requireNonNull(groups.get(path), path::toString);
    }

    Set<Path> paths() {
        return groups.keySet();
    }

    void addProcess(Path group, long pid) {
        groups.values().forEach(other -> other.processes.remove(pid));
        group(group).processes.add(pid);
    }

    /** From now on nothing may be written there. */
    void close(Path group) {
        closed.add(group);
    }

    @Override
    public boolean exists(Path file) {
        return groups.containsKey(file) || (groups.containsKey(parent(file)) && valueOf(file) != null);
    }

    @Override
    public String read(Path file) throws IOException {
        String value = groups.containsKey(parent(file)) ? valueOf(file) : null;
        if (value == null) {
            throw new NoSuchFileException(file.toString());
        }
        return value + "\n";
    }

    @Override
    public void write(Path file, String value) throws IOException {
        Path path = parent(file);
        if (closed.contains(path)) {
            throw new AccessDeniedException(file.toString());
        }
        if (!exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        switch (name(file)) {
            case UnifiedHierarchy.PROCESSES -> move(path, Long.parseLong(value));
            case UnifiedHierarchy.PASSED_ON -> passOn(path, value);
            default -> group(path).settings.put(name(file), value);
        }
    }

    private void move(Path path, long pid) throws IOException {
        if (!group(path).passedOn.isEmpty() && !mayDoBoth(path)) {
            throw new IOException("Device or resource busy");
        }
        addProcess(path, pid);
    }

    private void passOn(Path path, String value) throws IOException {
        Group group = group(path);
        String controller = value.substring(1);
        boolean add = value.startsWith("+");
        boolean stillUsed = below(path).anyMatch(inner -> inner.passedOn.contains(controller));
        if (add ? !group.processes.isEmpty() && !mayDoBoth(path) : stillUsed) {
            throw new IOException("Device or resource busy");
        }
        if (add && !group.offered.contains(controller)) {
            throw new IOException("No such file or directory");
        }
        if (add) {
            group.passedOn.add(controller);
        } else {
            group.passedOn.remove(controller);
        }
        below(path).forEach(inner -> inner.offer(group.passedOn));
    }

    private boolean mayDoBoth(Path path) {
        return isMachines && path.equals(top);
    }

    private Stream<Group> below(Path path) {
        return groups.entrySet().stream()
                .filter(entry -> path.equals(entry.getKey().getParent()))
                .map(Map.Entry::getValue);
    }

    @Override
    public boolean mayChange(Path group) {
        return !closed.contains(group);
    }

    @Override
    public void create(Path group) throws IOException {
        if (closed.contains(parent(group))) {
            throw new AccessDeniedException(group.toString());
        }
        if (groups.containsKey(group)) {
            throw new FileAlreadyExistsException(group.toString());
        }
        var made = new Group();
        made.offer(group(parent(group)).passedOn);
        groups.put(group, made);
    }

    @Override
    public void remove(Path group) throws IOException {
        if (!groups.containsKey(group)) {
            throw new NoSuchFileException(group.toString());
        }
        if (closed.contains(parent(group))) {
            throw new FileSystemException(group.toString(), null, "Read-only file system");
        }
        if (busyFor > 0
                || !group(group).processes.isEmpty()
                || below(group).findAny().isPresent()) {
            busyFor--;
            throw new FileSystemException(group.toString(), null, "Device or resource busy");
        }
        groups.remove(group);
    }

    @Override
    public List<Path> groups(Path group) throws IOException {
        if (!groups.containsKey(group)) {
            throw new NoSuchFileException(group.toString());
        }
        return groups.keySet().stream()
                .filter(other -> group.equals(other.getParent()))
                .toList();
    }

    @Override
    public void pause() {
        // Time passes at once.
        pauses++;
    }

    private @Nullable String valueOf(Path file) {
        return group(parent(file)).read(name(file));
    }

    private static Path parent(Path file) {
        return file.resolveSibling("").normalize();
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
