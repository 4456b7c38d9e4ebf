package io.bascule.tasks.upkeep;

import java.time.Duration;
import java.time.Instant;

/**
 * When expired leases may be believed. While the database was away no worker could renew, so after any interval without a
 * pass of the reaper that could have let a lease run out, it waits one full lease before it returns anything.
 *
 * @param lease how long a lease lasts
 * @param longestGap an interval between passes that is no reason to wait: shorter than what a renewed lease has left
 */
record ReaperPatience(Duration lease, Duration longestGap) {

    /** Until when nothing is returned. */
    Instant quietUntil(Instant lastPass, Instant quietUntil, Instant now) {
        boolean gap = lastPass.plus(longestGap).isBefore(now);
        return gap ? now.plus(lease) : quietUntil;
    }

    static boolean mayReturn(Instant quietUntil, Instant now) {
        return !now.isBefore(quietUntil);
    }
}
