package io.bascule.tasks.handlers.worker;

import io.bascule.storage.ObjectStorage;
import io.bascule.tasks.object.LargeResults;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Results of tasks.
 *
 * @param max the largest one, as JSON, where there is object storage; a worker holds it in memory. 1 MB to 64 MB
 */
@ConfigurationProperties("bascule.task-results")
record ResultProperties(@DefaultValue("16MB") DataSize max) {

    private static final DataSize LARGEST = DataSize.ofMegabytes(64);

    ResultProperties {
        if (max.toBytes() < LargeResults.INLINE || max.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException("bascule.task-results.max: %s (expected: 1MB to 64MB)".formatted(max));
        }
    }

    LargeResults in(@Nullable ObjectStorage storage) {
        return storage == null ? LargeResults.NONE : new LargeResults(storage, Math.toIntExact(max.toBytes()));
    }
}
