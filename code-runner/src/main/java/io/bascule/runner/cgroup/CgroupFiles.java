package io.bascule.runner.cgroup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Groups as directories and their settings as files, the way the kernel shows them. Safe for use by many threads. */
interface CgroupFiles {

    boolean exists(Path file);

    String read(Path file) throws IOException;

    /** Changes a setting; the file must be there. */
    void write(Path file, String value) throws IOException;

    /** Whether groups may be made and removed in a group: not where all of it is read-only, for example. */
    boolean mayChange(Path group);

    /** Makes a group in one that is there. */
    void create(Path group) throws IOException;

    /** Removes a group; refused while a process or another group is in it. */
    void remove(Path group) throws IOException;

    /** The groups in a group, each as its whole path. */
    List<Path> groups(Path group) throws IOException;

    /** Blocks for a moment, after which something refused may be possible. */
    void pause();
}
