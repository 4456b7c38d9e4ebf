package io.bascule.runner.jobs;

import io.bascule.bundles.Archive;
import io.bascule.runner.sandbox.Language;

/**
 * One version of a function.
 *
 * @param function the name it is known by
 */
public record Code(Language language, String function, int version, Program program) {

    /** What is run. */
    public sealed interface Program {}

    /** The function's own text. */
    public record Source(String text) implements Program {}

    /**
     * Several files.
     *
     * @param main the path of the file with the handler
     */
    public record Files(Archive archive, String main) implements Program {}
}
