package io.bascule.orchestrator.pods;

import java.time.Duration;

/**
 * What the deletion of a pod costs, for the annotation {@code controller.kubernetes.io/pod-deletion-cost}: an idle pod
 * nothing, a busy one the more the longer its oldest task runs, by whole minutes, so that it changes seldom.
 */
final class DeletionCost {

    static final int IDLE = 0;

    private static final int BUSY = 10;

    /** Far from the end of the annotation's range. */
    private static final int MOST = 1_000_000;

    private DeletionCost() {}

    /** @param oldest how long the pod's oldest task runs */
    static int busy(Duration oldest) {
        return Math.clamp(BUSY + oldest.toMinutes(), BUSY, MOST);
    }
}
