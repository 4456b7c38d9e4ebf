package io.bascule.api.functions;

import io.bascule.bundles.BundledFile;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A function as clients see it.
 *
 * @param liveVersion the number of the version that runs where none is named
 * @param version the version that was asked for; null in lists
 */
record FunctionView(
        UUID id,
        String name,
        @Schema(allowableValues = {"javascript", "python"}) String runtime,
        int latestVersion,
        int liveVersion,
        @Nullable VersionView version,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * One version.
     *
     * @param aliases the names of those that stand for it now
     * @param source its code, of a bundle that of its main file; null in lists, whose answers would grow with it
     * @param sourceBytes the size of its code in UTF-8
     * @param bundle what it is made of besides; null when its code is one text
     * @param secrets the names of those that it may read
     * @param resources the names of those that it may reach
     */
    record VersionView(
            int version,
            List<String> aliases,
            @Nullable String source,
            int sourceBytes,
            @Nullable BundleView bundle,
            int timeoutSeconds,
            int memoryMib,
            List<String> egress,
            List<String> secrets,
            List<String> resources,
            Instant createdAt) {}

    /**
     * Code of several files.
     *
     * @param main the path of the file with the handler
     * @param bytes of its archive
     * @param files what is in it, by path; null in lists
     */
    record BundleView(String main, int bytes, @Nullable List<BundledFile> files) {}
}
