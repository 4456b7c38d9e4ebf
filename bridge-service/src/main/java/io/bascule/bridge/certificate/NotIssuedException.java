package io.bascule.bridge.certificate;

/** There is no certificate yet. */
final class NotIssuedException extends Exception {

    NotIssuedException(String message, Throwable cause) {
        super(message, cause);
    }
}
