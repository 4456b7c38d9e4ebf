package io.bascule.runner.bundle;

import io.bascule.bundles.BundleLimits;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the bundles of functions may take.
 *
 * @param directory where they are kept, emptied at start; a temporary one when absent
 * @param space for all that are kept; those that were not used longest go first
 * @param bytes most that the dependencies of one bundle may have, unpacked
 * @param files most files and directories of them
 * @param depth most directories below each other
 * @param download most bytes of one package
 * @param within how long it may take to fetch them
 */
@ConfigurationProperties("bascule.runner.bundles")
public record BundleProperties(
        @Nullable Path directory,
        @DefaultValue("512MB") DataSize space,
        @DefaultValue("128MB") DataSize bytes,
        @DefaultValue("20000") int files,
        @DefaultValue("32") int depth,
        @DefaultValue("32MB") DataSize download,
        @DefaultValue("2m") Duration within) {

    BundleLimits limits() {
        return new BundleLimits(bytes.toBytes(), files, depth);
    }
}
