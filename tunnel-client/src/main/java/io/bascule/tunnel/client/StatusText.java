package io.bascule.tunnel.client;

import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** Why a call to a bridge ended, in one line that a person can act on. */
final class StatusText {

    private StatusText() {}

    static String of(Status status) {
        if (status.isOk()) {
            return "the bridge ended the leg";
        }
        StringBuilder text = new StringBuilder();
        append(text, status.getDescription() == null ? status.getCode().name() : status.getDescription());
        for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            append(text, cause.getMessage());
        }
        return text.toString();
    }

    private static void append(StringBuilder text, @Nullable String part) {
        if (part != null && !part.isBlank() && text.indexOf(part) < 0) {
            text.append(text.isEmpty() ? "" : ": ").append(part);
        }
    }
}
