package io.bascule.service.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Knows which stores answer, from probes that run beside the requests: a health check reads the last result and never
 * waits for a store. One virtual thread per store; {@link #start} and {@link #stop} may be called repeatedly.
 */
public class StoreWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(StoreWatch.class);

    private final List<StoreProbe> probes;
    private final Duration interval;
    private final Map<String, StoreState> states = new ConcurrentHashMap<>();
    private volatile CountDownLatch stopped = new CountDownLatch(0);

    StoreWatch(List<StoreProbe> probes, Duration interval) {
        this.probes = List.copyOf(probes);
        this.interval = interval;
        probes.forEach(probe -> states.put(probe.store(), StoreState.UNKNOWN));
    }

    /** By store, sorted by name. */
    public Map<String, StoreState> states() {
        return new TreeMap<>(states);
    }

    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        var stop = new CountDownLatch(1);
        stopped = stop;
        probes.forEach(
                probe -> Thread.ofVirtual().name("watch-" + probe.store()).start(() -> watch(probe, stop)));
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        return stopped.getCount() > 0;
    }

    private void watch(StoreProbe probe, CountDownLatch stop) {
        try {
            do {
                note(probe.store(), ask(probe));
            } while (!stop.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static StoreState ask(StoreProbe probe) {
        try {
            probe.probe();
            return StoreState.UP;
        } catch (Exception failure) {
            log.debug("{} does not answer", probe.store(), failure);
            return StoreState.DOWN;
        }
    }

    private void note(String store, StoreState state) {
        StoreState before = states.put(store, state);
        if (state == StoreState.DOWN && before != StoreState.DOWN) {
            log.warn("Store {} does not answer; this service goes on without it", store);
        } else if (state == StoreState.UP && before == StoreState.DOWN) {
            log.info("Store {} answers again", store);
        }
    }
}
