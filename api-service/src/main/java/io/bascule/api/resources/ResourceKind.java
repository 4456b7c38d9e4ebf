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

    static Optional<ResourceKind> of(String text) {
        return Stream.of(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }

    static String expected() {
        return String.join(", ", Stream.of(values()).map(ResourceKind::text).toList());
    }
}
