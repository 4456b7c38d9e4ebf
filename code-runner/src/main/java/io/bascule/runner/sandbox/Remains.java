package io.bascule.runner.sandbox;

import io.bascule.runner.cgroup.JobCgroup;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a process leaves behind when it has ended.
 *
 * @param directory its own; not there where that ends with it
 * @param cgroup the control groups that hold it, where the kernel keeps its limits
 */
record Remains(Path directory, @Nullable JobCgroup cgroup) {

    /** Removes them; blocks until they are gone. Idempotent. */
    void remove() {
        JobDirectory.delete(directory);
        if (cgroup != null) {
            cgroup.close();
        }
    }
}
