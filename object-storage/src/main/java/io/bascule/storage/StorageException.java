package io.bascule.storage;

/** The object storage does not answer or refuses; the message says which call. Trying again may help. */
public final class StorageException extends RuntimeException {

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
