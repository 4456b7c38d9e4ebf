package io.bascule.tasks.handlers.sql;

import java.io.IOException;

/** A server sent what no driver should read; the message says what. */
final class ServerMisbehaved extends IOException {

    private final String code;

    private ServerMisbehaved(String code, String message) {
        super(message);
        this.code = code;
    }

    static ServerMisbehaved against(String message) {
        return new ServerMisbehaved("protocol-violation", message);
    }

    static ServerMisbehaved tooLarge(String message) {
        return new ServerMisbehaved("row-too-large", message);
    }

    static ServerMisbehaved unverified(String message) {
        return new ServerMisbehaved("tls-failed", message);
    }

    String code() {
        return code;
    }
}
