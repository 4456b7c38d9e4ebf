package io.bascule.runner.cgroup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes groups whose processes have ended, or are ended by it. */
record GroupRemoval(CgroupFiles files) {

    private static final Logger log = LoggerFactory.getLogger(GroupRemoval.class);
    /** Some seconds: a process leaves its group a moment after it was waited for. */
    private static final int ATTEMPTS = 2500;

    /** Removes a group in which nothing runs any more; blocks until it is gone, or tells that it stays. */
    void remove(Path group) {
        boolean interrupted = false;
        try {
            for (int attempt = 1; !isGone(group, attempt); attempt++) {
                // An interrupted thread would not pause.
                interrupted |= Thread.interrupted();
                files.pause();
            }
        } catch (IOException stays) {
            log.warn("A control group could not be removed: {}", stays.toString());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Removes it with all that is in it, and ends what runs there where the kernel does that. */
    void removeAll(Path group) {
        try {
            if (files.exists(group.resolve(UnifiedHierarchy.KILL))) {
                files.write(group.resolve(UnifiedHierarchy.KILL), "1");
            }
            for (Path inner : files.groups(group)) {
                removeAll(inner);
            }
        } catch (NoSuchFileException gone) {
            return;
        } catch (IOException failure) {
            log.debug("Looking into a control group that is to go", failure);
        }
        remove(group);
    }

    private boolean isGone(Path group, int attempt) throws IOException {
        try {
            files.remove(group);
            return true;
        } catch (NoSuchFileException gone) {
            return true;
        } catch (AccessDeniedException notOurs) {
            throw notOurs;
        } catch (IOException busy) {
            if (attempt == ATTEMPTS || !files.mayChange(group.resolveSibling(""))) {
                throw busy;
            }
            return false;
        }
    }
}
