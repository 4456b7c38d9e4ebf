package io.bascule.runner.sandbox;

import java.util.List;

/** A program that runs functions of one language, and exactly the files that it needs. */
sealed interface LanguageRuntime permits NodeRuntime, PythonRuntime {

    Language language();

    String version();

    /** The launcher's command up to its options: itself, its places and the runtime. */
    List<String> launcher(SandboxFiles files);

    /** What of the machine a job's process may read and execute, as options of the launcher. */
    List<String> permissions(SandboxFiles files);

    /** What follows the options: the runtime's fixed arguments. */
    List<String> arguments(SandboxFiles files);

    /** What the launcher is told for a process that may use this much. */
    String argument(MemorySize memory);
}
