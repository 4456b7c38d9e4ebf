package io.bascule.api.resources;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What is spoken at the other side of a resource. */
public enum ResourceKind {
    TCP,
    SSH,
    HTTP,
    KUBERNETES,
    POSTGRES,
    MYSQL;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What the ends of a tunnel put around its bytes: {@code tls}, so that bridges see ciphertext only, or {@code none}
     * where the API itself is to read them.
     */
    public String inner() {
        return switch (this) {
            case TCP, SSH, POSTGRES, MYSQL -> "tls";
            case HTTP, KUBERNETES -> "none";
        };
    }

    static Optional<ResourceKind> of(String text) {
        return Stream.of(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }

    static String expected() {
        return String.join(", ", Stream.of(values()).map(ResourceKind::text).toList());
    }
}
