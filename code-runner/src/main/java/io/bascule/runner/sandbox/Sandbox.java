package io.bascule.runner.sandbox;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Starts confined processes. Safe for use by many threads. */
public interface Sandbox {

    /** What is in force for the processes it starts. */
    Confinement confinement();

    /** What functions may be written in here. */
    Set<Language> languages();

    /**
     * Starts a runtime that waits for a job on its channel. Blocks until it has been started, a few milliseconds.
     *
     * @param bundle a directory that it may read besides, with all that is in it
     * @throws ProcessRefusedException when no process can be had now
     */
    SandboxedProcess start(Language language, MemorySize memory, @Nullable Path bundle);

    /** Where such a process finds that directory. */
    Path placeOf(Path bundle);
}
