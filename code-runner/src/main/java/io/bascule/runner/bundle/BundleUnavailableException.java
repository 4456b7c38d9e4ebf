package io.bascule.runner.bundle;

import org.jspecify.annotations.Nullable;

/** A bundle could not be made ready now: a registry is away, or there is no place. It may be possible later. */
public final class BundleUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    BundleUnavailableException(String message) {
        super(message);
    }

    BundleUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
