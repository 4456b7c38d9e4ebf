package io.bascule.bundles;

import tools.jackson.core.JacksonException;

/** Something in a bundle is not as it must be; the message says where, and what to change. */
public final class InvalidBundleException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Of the bundle as a whole. */
    public InvalidBundleException(String message) {
        super(message);
    }

    /** In a file, by its path in the bundle. */
    public InvalidBundleException(String file, String message) {
        super("%s: %s".formatted(file, message));
    }

    /** In a line of a file, counted from 1. */
    public InvalidBundleException(String file, int line, String message) {
        super("%s:%d: %s".formatted(file, line, message));
    }

    static InvalidBundleException noJson(String file, JacksonException malformed) {
        var place = malformed.getLocation();
        return new InvalidBundleException(
                file, place == null ? 1 : place.getLineNr(), "it is no JSON: " + malformed.getOriginalMessage());
    }
}
