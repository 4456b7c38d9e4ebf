package io.bascule.api.bridges;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a report means for what is known of its bridge.
 *
 * @param bridge what is known from now on
 * @param late whether a later report came first: its presence is outdated
 * @param resync whether the next report has to be full
 */
record ReceivedReport(Bridge bridge, boolean late, boolean resync) {

    /** Half of what presence stays fresh for: a full report renews all of it. */
    static final Duration FULL_EVERY = Duration.ofSeconds(4);

    static ReceivedReport of(String id, BridgeReport report, Optional<Bridge> known, Instant now) {
        Optional<Bridge> sameBoot = known.filter(bridge -> bridge.bootId().equals(report.bootId()));
        Instant fullAt = report.full() ? now : sameBoot.map(Bridge::fullAt).orElse(null);
        boolean late =
                sameBoot.isPresent() && report.sequence() < sameBoot.get().sequence();
        boolean missed =
                sameBoot.isEmpty() || report.sequence() > sameBoot.get().sequence() + 1;
        boolean due = fullAt == null || !now.isBefore(fullAt.plus(FULL_EVERY));
        Bridge bridge = new Bridge(
                id,
                report.address(),
                report.authority(),
                report.bootId(),
                report.draining(),
                report.sequence(),
                sameBoot.map(Bridge::startedAt).orElse(now),
                fullAt);
        return new ReceivedReport(late ? sameBoot.get() : bridge, late, !report.full() && (missed || due));
    }
}
