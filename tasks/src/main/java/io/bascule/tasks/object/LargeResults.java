package io.bascule.tasks.object;

import io.bascule.storage.ObjectStorage;
import io.bascule.storage.StorageException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stores results that are too large for a row.
 *
 * @param storage null where there is none
 * @param mostBytes of a result, as JSON in UTF-8
 */
public record LargeResults(@Nullable ObjectStorage storage, int mostBytes) {

    /** What a row holds, as JSON in UTF-8. */
    public static final int INLINE = 1 << 20;

    /** Where every result must fit into a row. */
    public static final LargeResults NONE = new LargeResults(null, INLINE);

    /** @throws StorageException when it could not be stored */
    public void put(UUID workspace, UUID task, int attempt, byte[] json) {
        if (storage == null) {
            throw new IllegalStateException("there is no object storage");
        }
        storage.put(TaskObjects.result(workspace, task, attempt), json);
    }
}
