package io.bascule.service.problem;

import java.io.IOException;

/** Ends the reading of a request body that has passed its limit. */
final class BodyTooLargeException extends IOException {

    BodyTooLargeException(long limit) {
        super("The request body is larger than %d bytes.".formatted(limit));
    }
}
