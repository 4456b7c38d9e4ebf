package io.bascule.api.webhooks.delivery;

import io.bascule.api.webhooks.delivery.DeliveryQueue.Room;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A pod's places for deliveries, and which workspaces hold them. A quarter of them is never held by one workspace, so that its
 * slow endpoints leave room for the others.
 */
final class Places {

    private final Semaphore free;
    private final int all;
    private final int perEndpoint;
    private final Map<String, Integer> held = new ConcurrentHashMap<>();

    /** @param perEndpoint so many of one webhook at once, over all pods */
    Places(int all, int perEndpoint) {
        this.free = new Semaphore(all);
        this.all = all;
        this.perEndpoint = perEndpoint;
    }

    /** For what may be claimed now. */
    Room room() {
        return new Room(free.availablePermits(), perEndpoint, perWorkspace(all), held);
    }

    /** So many of all places one workspace may hold. */
    static int perWorkspace(int all) {
        return all - all / 4;
    }

    void take(DueDelivery delivery) {
        free.acquireUninterruptibly();
        held.merge(delivery.endpoint().workspace(), 1, Integer::sum);
    }

    void leave(DueDelivery delivery) {
        held.computeIfPresent(delivery.endpoint().workspace(), (_, number) -> number == 1 ? null : number - 1);
        free.release();
    }

    /** Returns whether all places are free before the patience ends. */
    boolean allEnd(Duration patience) throws InterruptedException {
        if (!free.tryAcquire(all, patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        free.release(all);
        return true;
    }
}
