package io.bascule.bridge.lifecycle;

import io.bascule.bridge.phase.Phase;

/**
 * How far a bridge's leaving is: every tunnel that is here is asked, and then moves, ends by itself or is let go.
 *
 * @param here tunnels that are open here, asked or not
 * @param asked that were sent MIGRATE
 * @param moved of those, that went on over another bridge
 * @param ended of those, that were over before
 * @param stranded of those, that lost their legs because the time was over
 */
record DrainState(Phase phase, int here, long asked, long moved, long ended, long stranded) {}
