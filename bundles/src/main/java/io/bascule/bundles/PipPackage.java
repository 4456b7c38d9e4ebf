package io.bascule.bundles;

import java.util.Set;

/**
 * One package that a requirements file names.
 *
 * @param name in its one form: lower case, with - for every run of -, _ and .
 * @param files one of these it must be
 * @param line of the requirements file
 */
public record PipPackage(String name, String version, Set<Integrity> files, int line) {

    public PipPackage {
        files = Set.copyOf(files);
    }

    /** For what is wrong with what it leads to. */
    public InvalidBundleException refusal(String what) {
        return new InvalidBundleException(PipRequirements.FILE, line, "%s: %s".formatted(name, what));
    }
}
