package io.bascule.storage;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where large results and the logs of ended tasks go; all services of a platform name the same place.
 *
 * @param kind {@code none}: nowhere; results are at most 1 MiB and logs stay in Redis for a day
 * @param directory for {@code directory}: a folder that all of them see
 * @param s3 for {@code s3}
 */
@ConfigurationProperties("bascule.storage")
record StorageProperties(
        @DefaultValue("none") Kind kind,
        @Nullable Path directory,
        @DefaultValue S3 s3) {

    enum Kind {
        NONE,
        DIRECTORY,
        S3
    }

    /** In the words of {@link S3Place}. */
    record S3(
            @Nullable URI endpoint,
            @DefaultValue("us-east-1") String region,
            @Nullable String bucket,
            @DefaultValue("") String prefix,
            @DefaultValue("false") boolean pathStyle,
            @Nullable String accessKey,
            @Nullable String secretKey) {}

    S3Place place() {
        String bucket = s3.bucket();
        if (bucket == null) {
            throw new IllegalStateException("bascule.storage.kind is s3: set bascule.storage.s3.bucket too");
        }
        return new S3Place(
                s3.endpoint(),
                s3.region(),
                bucket,
                s3.prefix(),
                s3.pathStyle(),
                given(s3.accessKey()),
                given(s3.secretKey()));
    }

    /** A variable that is set to nothing is none. */
    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    Path folder() {
        if (directory == null) {
            throw new IllegalStateException("bascule.storage.kind is directory: set bascule.storage.directory too");
        }
        return directory;
    }
}
