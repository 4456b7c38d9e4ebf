package io.bascule.api.agents;

import io.bascule.api.naming.Labels;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which agents are wanted.
 *
 * @param part in the name, in lower case; empty for anything
 */
record AgentFilter(String part, Labels labels) {

    static AgentFilter of(@Nullable String q, @Nullable List<String> labels) {
        return new AgentFilter(
                q == null ? "" : q.strip().toLowerCase(Locale.ROOT),
                labels == null ? Labels.NONE : Labels.filter(labels));
    }
}
