package io.bascule.api.keys;

/** The master key is missing, malformed or another one than before; the message is the one line an operator needs. */
class UnusableMasterKeyException extends RuntimeException {

    UnusableMasterKeyException(String message) {
        super(message);
    }

    UnusableMasterKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
