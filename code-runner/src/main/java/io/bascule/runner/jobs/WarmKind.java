package io.bascule.runner.jobs;

import io.bascule.runner.sandbox.MemorySize;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What waiting processes of one language differ in.
 *
 * @param bundle the directory that it may read, named by its content; null for functions of one text
 */
record WarmKind(MemorySize memory, @Nullable Path bundle) {

    WarmKind(MemorySize memory) {
        this(memory, null);
    }
}
