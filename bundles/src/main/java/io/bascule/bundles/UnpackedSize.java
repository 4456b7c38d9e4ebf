package io.bascule.bundles;

import java.util.HashSet;
import java.util.Set;

/** Counts what is unpacked while it is: an archive decides nothing of how much that becomes. For one thread. */
public final class UnpackedSize {

    private final BundleLimits limits;
    private final String what;
    private long bytes;
    private int files;
    private final Set<String> directories = new HashSet<>();

    /** @param what is unpacked, for messages */
    public UnpackedSize(String what, BundleLimits limits) {
        this.what = what;
        this.limits = limits;
    }

    /** One more file or directory, and those above it that were not there yet. */
    public void file(String path) throws InvalidBundleException {
        var wrong = SafePath.problem(path, limits.depth());
        if (wrong.isPresent()) {
            throw new InvalidBundleException(SafePath.shown(path), "in %s: %s".formatted(what, wrong.get()));
        }
        files++;
        for (int end = path.lastIndexOf('/');
                end > 0 && files <= limits.files() && directories.add(path.substring(0, end));
                end = path.lastIndexOf('/', end - 1)) {
            files++;
        }
        if (files > limits.files()) {
            throw new InvalidBundleException("%s: more than %d files and directories".formatted(what, limits.files()));
        }
    }

    /** More bytes of the last one. */
    public void bytes(long more) throws InvalidBundleException {
        bytes += more;
        if (bytes > limits.bytes()) {
            throw new InvalidBundleException("%s: more than %d bytes unpacked".formatted(what, limits.bytes()));
        }
    }
}
