package io.bascule.orchestrator.leadership;

import java.time.Duration;

/**
 * One duty of the leader. Steps run one after another, never twice at once on one pod; a bean of this type is called while
 * this pod leads.
 */
public interface LeaderStep {

    /** For logs and metrics, in kebab case. */
    String name();

    /** How long to rest between two calls. A step that reports more work is called again at once. */
    Duration every();

    /**
     * Does what is due, in bounded time (well below the lease).
     *
     * @param fence the number of this leadership; every write is to be conditional on it
     * @return whether more is waiting already
     * @throws DeposedException when somebody else leads by now
     */
    boolean step(long fence);
}
