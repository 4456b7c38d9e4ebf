package io.bascule.tasks.handlers.sql;

import io.bascule.tasks.worker.TaskFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** A server sent what no driver should read; the message says what. */
public final class ServerMisbehaved extends IOException {

    private static final int DEEPEST = 20;

    private final String code;

    private ServerMisbehaved(String code, String message) {
        super(message);
        this.code = code;
    }

    public static ServerMisbehaved against(String message) {
        return new ServerMisbehaved("protocol-violation", message);
    }

    public static ServerMisbehaved tooLarge(String message) {
        return new ServerMisbehaved("row-too-large", message);
    }

    public static ServerMisbehaved unverified(String message) {
        return new ServerMisbehaved("tls-failed", message);
    }

    public static ServerMisbehaved login(String message) {
        return new ServerMisbehaved("login-not-supported", message);
    }

    /** For what is found where a driver's answer is read. */
    public static SQLException inAnswer(String message) {
        return new SQLException(message, "08P01", against(message));
    }

    /** What to say when this is why a driver failed. */
    public static Optional<TaskFailure> in(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof ServerMisbehaved found) {
                return Optional.of(TaskFailure.forGood(found.code, String.valueOf(found.getMessage())));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
