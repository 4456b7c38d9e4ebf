package io.bascule.api.scaling.recorded;

import java.time.Instant;

/**
 * What came to a component, ready to be replayed.
 *
 * @param query that was asked of Prometheus
 * @param samples how many there are
 * @param recorded what the simulation takes as {@code recorded}
 */
record RecordedLoadView(
        String component, String query, Instant from, Instant until, int stepSeconds, int samples, String recorded) {}
