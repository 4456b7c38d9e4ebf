package io.bascule.api.agents;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether an agent can be used. */
public enum AgentState {
    /** No instance has a certificate yet. */
    NEVER_JOINED,
    /** At least one instance is on at least one bridge. */
    ONLINE,
    OFFLINE,
    REVOKED,
    /** Presence cannot be read at the moment. */
    UNKNOWN;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
