package io.bascule.bundles;

import java.net.URI;

/**
 * One package that a lock file names.
 *
 * @param place where it is unpacked, such as {@code node_modules/a/node_modules/b}
 * @param resolved where it comes from
 * @param line of the lock file
 */
public record NpmPackage(String place, URI resolved, Integrity integrity, int line) {

    /** For what is wrong with what it leads to. */
    public InvalidBundleException refusal(String what) {
        return new InvalidBundleException(NpmLock.FILE, line, "%s: %s".formatted(place, what));
    }
}
