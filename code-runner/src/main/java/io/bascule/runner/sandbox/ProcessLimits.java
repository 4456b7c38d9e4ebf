package io.bascule.runner.sandbox;

import io.bascule.runner.cgroup.Cgroups;
import io.bascule.runner.cgroup.GroupLimits;
import io.bascule.runner.cgroup.JobCgroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel itself keeps processes within.
 *
 * @param cgroups null where there are none
 * @param threads most of a process
 */
record ProcessLimits(@Nullable Cgroups cgroups, int threads) {

    /** Whoever looks keeps them. */
    static final ProcessLimits NONE = new ProcessLimits(null, 0);

    LimitKeeper keeper() {
        return cgroups == null ? LimitKeeper.WATCHDOG : LimitKeeper.CGROUP;
    }

    /** Where processes find their groups. */
    List<Path> directories() {
        return cgroups == null ? List.of() : cgroups.directories();
    }

    /** The control groups for a process that is to be started; null where there are none. */
    @Nullable
    JobCgroup groupOf(long id, MemorySize memory) {
        if (cgroups == null) {
            return null;
        }
        try {
            return cgroups.make(Long.toString(id), new GroupLimits(memory.bytes(), threads));
        } catch (IOException failure) {
            throw new ProcessRefusedException("its control groups cannot be made: " + failure.getMessage(), failure);
        }
    }

    void close() {
        if (cgroups != null) {
            cgroups.close();
        }
    }
}
