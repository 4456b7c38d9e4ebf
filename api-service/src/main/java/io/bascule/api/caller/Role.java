package io.bascule.api.caller;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a member may do in a workspace; each role includes those after it. */
public enum Role {
    /** Manages users and their roles. */
    OWNER,
    /** Manages agents, resources, queues, schedules and reads the audit log. */
    ADMIN,
    /** Opens tunnels and submits tasks. */
    OPERATOR,
    /** Reads. */
    VIEWER;

    /** As it stands in JSON, in the database and in sentences: {@code owner}. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a text that {@link #text()} gave. */
    public static Role of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    public boolean includes(Role other) {
        return compareTo(other) <= 0;
    }
}
