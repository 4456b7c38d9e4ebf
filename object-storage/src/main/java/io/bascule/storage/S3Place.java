package io.bascule.storage;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A bucket and how to get there.
 *
 * @param endpoint of the service; Amazon's of the region when absent
 * @param prefix before every key: empty, or ending in a slash
 * @param pathStyle the bucket in the path instead of the host's name
 * @param accessKey with {@code secretKey}; without them the credentials are those of the environment (variables, profile, role
 *     of the pod)
 */
public record S3Place(
        @Nullable URI endpoint,
        String region,
        String bucket,
        String prefix,
        boolean pathStyle,
        @Nullable String accessKey,
        @Nullable String secretKey) {

    public S3Place {
        if (!prefix.isEmpty()) {
            if (!prefix.endsWith("/")) {
                throw new IllegalArgumentException("prefix: %s (expected: empty, or ending in /)".formatted(prefix));
            }
            var unused = new ObjectKey(prefix.substring(0, prefix.length() - 1));
            assert unused.text().length() < prefix.length();
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "s3://%s/%s at %s".formatted(bucket, prefix, endpoint == null ? region : endpoint);
    }
}
