package io.bascule.runner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Has a runner's control groups refuse every new group until it is closed; no job may have one when it begins. */
public record CgroupFault(List<Path> groups) implements AutoCloseable {

    /** Only version 2 has it. */
    private static final String MOST_BELOW = "cgroup.max.descendants";

    /** Begins it in those of a sandbox. */
    public static CgroupFault begin(LauncherSandbox sandbox) throws IOException {
        var fault = new CgroupFault(sandbox.cgroups());
        for (Path group : fault.groups) {
            if (Files.exists(group.resolve(MOST_BELOW))) {
                Files.writeString(group.resolve(MOST_BELOW), "0", StandardOpenOption.WRITE);
            } else {
                Files.delete(group);
            }
        }
        return fault;
    }

    @Override
    public void close() throws IOException {
        for (Path group : groups) {
            if (Files.exists(group)) {
                Files.writeString(group.resolve(MOST_BELOW), "max", StandardOpenOption.WRITE);
            } else {
                Files.createDirectory(group);
            }
        }
    }
}
