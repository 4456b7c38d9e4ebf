package io.bascule.scaling;

import java.util.List;

/**
 * One direction of a pace.
 *
 * @param window seconds for which a number must have been right before it is gone to: the stabilisation window
 * @param choose which step counts where several are given
 * @param steps at least one
 */
public record Rules(int window, Choice choose, List<Step> steps) {

    /** Which of several changes is taken. */
    public enum Choice {
        LARGER,
        SMALLER
    }

    public Rules {
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("steps: none (expected: at least one)");
        }
        steps = List.copyOf(steps);
    }
}
