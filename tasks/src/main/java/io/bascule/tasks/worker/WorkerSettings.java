package io.bascule.tasks.worker;

import io.bascule.tasks.Lane;
import java.time.Duration;

/**
 * How a worker works.
 *
 * @param name unique among living workers, such as the pod's name
 * @param concurrency slots, 1 to 10,000
 * @param workspaceShare the most slots that one workspace gets, at least 1
 * @param poll how long to wait for a hint before looking by itself
 * @param lease how long a task stays with a worker that is not heard of
 * @param beat how often leases are renewed; several fit into a lease
 * @param atOnce while handlers take no longer on average, a share more is claimed than there are slots; zero for never
 */
public record WorkerSettings(
        String name,
        Lane lane,
        int concurrency,
        int workspaceShare,
        Duration poll,
        Duration lease,
        Duration beat,
        Duration atOnce) {

    public static final Duration LEASE = Duration.ofSeconds(10);
    public static final Duration BEAT = Duration.ofSeconds(3);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    public WorkerSettings {
        if (concurrency < 1 || concurrency > 10_000) {
            throw new IllegalArgumentException("concurrency: %d (expected: 1 to 10000)".formatted(concurrency));
        }
        if (workspaceShare < 1 || workspaceShare > concurrency) {
            throw new IllegalArgumentException(
                    "workspaceShare: %d (expected: 1 to %d)".formatted(workspaceShare, concurrency));
        }
        if (beat.multipliedBy(2).compareTo(lease) > 0) {
            throw new IllegalArgumentException(
                    "beat: %s (expected: at most half of the lease %s)".formatted(beat, lease));
        }
    }

    /** Instant tasks: looks four times a second, and keeps a quarter of its slots from any single workspace. */
    public static WorkerSettings instant(String name, int concurrency) {
        int share = Math.max(1, concurrency - concurrency / 4);
        return new WorkerSettings(name, Lane.INSTANT, concurrency, share, Duration.ofMillis(250), LEASE, BEAT, AT_ONCE);
    }

    /** Queued tasks: looks every second; the queues' limits do the sharing. */
    public static WorkerSettings queued(String name, int concurrency) {
        return new WorkerSettings(
                name, Lane.QUEUED, concurrency, concurrency, Duration.ofSeconds(1), LEASE, BEAT, Duration.ZERO);
    }
}
