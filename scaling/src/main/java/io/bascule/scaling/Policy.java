package io.bascule.scaling;

import java.util.List;

/**
 * How one service scales.
 *
 * @param component its name, such as {@code instant-worker}
 * @param signals any of them may ask for more pods; at least one
 * @param slots jobs that a pod runs at once
 */
public record Policy(String component, PodRange pods, Pace pace, List<Signal> signals, int slots) {

    public Policy {
        signals = List.copyOf(signals);
    }
}
