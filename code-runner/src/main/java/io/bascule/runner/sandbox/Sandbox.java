package io.bascule.runner.sandbox;

import java.util.Set;

/** Starts confined processes. Safe for use by many threads. */
public interface Sandbox {

    /** What is in force for the processes it starts. */
    Confinement confinement();

    /** What functions may be written in here. */
    Set<Language> languages();

    /**
     * Starts a runtime that waits for a job on its channel. Blocks until it has been started, a few milliseconds.
     *
     * @throws ProcessRefusedException when no process can be had now
     */
    SandboxedProcess start(Language language, MemorySize memory);
}
