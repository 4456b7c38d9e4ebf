package io.bascule.local;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to run.
 *
 * @param checkout the source tree whose jars are run
 * @param home where data and logs are kept
 * @param ports which ports are used
 * @param without names of parts to leave out
 * @param data what becomes of the data
 * @param registries where functions get packages
 */
public record LocalOptions(
        Path checkout, Path home, Ports ports, Set<String> without, Data data, Registries registries) {

    /** What becomes of the data of this run. */
    public enum Data {
        /** It stays, and what an earlier run left is used. */
        KEEP,
        /** What earlier runs left is deleted first; it stays from then on. */
        RESET,
        /** It begins empty and is deleted at the end; kept data is not touched. */
        EPHEMERAL
    }

    /** Where functions' packages come from; the public ones where null. */
    public record Registries(@Nullable String npm, @Nullable String pypi) {}

    public LocalOptions {
        without = Set.copyOf(without);
    }
}
