package io.bascule.storage;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps objects under keys. Implementations are shared by all pods and safe for use by many threads; every method blocks, and
 * throws {@link StorageException} when the storage does not answer or refuses.
 */
public interface ObjectStorage extends AutoCloseable {

    /** Stores a whole object, in place of an earlier one; until it is complete, readers see what was there before. */
    void put(ObjectKey key, byte[] content);

    /** Opens an object; whoever gets the stream closes it. Empty when there is none. */
    Optional<StoredObject> get(ObjectKey key);

    /** Removes an object; one that is not there is removed already. */
    void delete(ObjectKey key);

    /**
     * Keys that begin with a prefix, in the order of their text.
     *
     * @param after only those behind this one
     * @param most how many at most, up to 1000
     */
    List<ObjectKey> list(String prefix, @Nullable ObjectKey after, int most);

    @Override
    void close();

    /** @param bytes how many the stream has */
    record StoredObject(long bytes, InputStream content) implements AutoCloseable {

        @Override
        public void close() throws java.io.IOException {
            content.close();
        }
    }
}
