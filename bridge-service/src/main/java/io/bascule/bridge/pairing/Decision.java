package io.bascule.bridge.pairing;

import java.util.List;

/** What comes of an occurrence: the next state and what has to be done. */
public record Decision(Pairing next, List<Step> steps) {

    public Decision {
        steps = List.copyOf(steps);
    }

    static Decision of(Pairing next, Step... steps) {
        return new Decision(next, List.of(steps));
    }
}
