package io.bascule.orchestrator.leadership;

import java.time.Duration;
import java.util.OptionalLong;

/** The right to lead, shared by all replicas. Times are the store's, so that the pods' clocks do not matter. */
interface LeaderLease {

    /**
     * Takes the lease if it is free or run out, or prolongs it if this holder has it.
     *
     * @return the fence: the same as long as it is prolonged, greater than all before for a new holder; empty when another
     *     pod holds it
     */
    OptionalLong acquire(String holder, Duration length);

    /**
     * Keeps the lease from passing on until the caller's transaction ends.
     *
     * @return whether the fence is the one in force; if not, nothing is kept
     */
    boolean hold(long fence);

    /** Gives the lease back, so that another pod need not wait for its end. Does nothing for anyone but its holder. */
    void release(String holder);
}
