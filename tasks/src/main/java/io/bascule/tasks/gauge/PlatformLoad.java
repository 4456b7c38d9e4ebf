package io.bascule.tasks.gauge;

import java.util.List;

/**
 * How much there is to do on the whole platform.
 *
 * @param instantActive instant tasks that run
 * @param instantWaiting instant tasks that wait
 * @param queuedWorkers queued workers that live
 * @param queuedWorkersRequired how many could work: over all queues, the smaller of the limit and what is ready or runs;
 *     delayed tasks and those of paused queues do not count
 * @param depths waiting tasks by queue
 */
public record PlatformLoad(
        long instantActive, long instantWaiting, long queuedWorkers, long queuedWorkersRequired, List<Depth> depths) {

    /** The instant lane among the queues; no queue can have this name. */
    public static final String INSTANT_LANE = "(instant)";

    public PlatformLoad {
        depths = List.copyOf(depths);
    }

    PlatformLoad with(List<Depth> byQueue) {
        return new PlatformLoad(instantActive, instantWaiting, queuedWorkers, queuedWorkersRequired, byQueue);
    }

    /** How many tasks wait in a queue. */
    public record Depth(String workspace, String queue, long waiting) {}
}
