package io.bascule.api.agents;

import io.bascule.api.naming.Labels;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which agents are wanted.
 *
 * @param part in the name, in lower case; empty for anything
 * @param state empty for any
 */
record AgentFilter(String part, Labels labels, Optional<AgentState> state) {

    /** Those that an agent of the list can have. */
    private static final Set<AgentState> STATES =
            EnumSet.of(AgentState.NEVER_JOINED, AgentState.ONLINE, AgentState.OFFLINE, AgentState.UNKNOWN);

    static AgentFilter of(@Nullable String q, @Nullable List<String> labels, @Nullable String state) {
        return new AgentFilter(
                q == null ? "" : q.strip().toLowerCase(Locale.ROOT),
                labels == null ? Labels.NONE : Labels.filter(labels),
                Optional.ofNullable(state).map(AgentFilter::state));
    }

    boolean admits(AgentState other) {
        return state.isEmpty() || state.get() == other;
    }

    private static AgentState state(String text) {
        return STATES.stream()
                .filter(state -> state.text().equals(text))
                .findFirst()
                .orElseThrow(() -> {
                    String expected = STATES.stream().map(AgentState::text).collect(Collectors.joining(", "));
                    String detail = "state: %s (expected: %s)".formatted(text, expected);
                    return new ProblemException(
                            CommonProblem.INVALID_INPUT, detail, List.of(new FieldProblem("/state", detail)));
                });
    }
}
