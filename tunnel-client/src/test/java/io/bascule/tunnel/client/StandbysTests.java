package io.bascule.tunnel.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StandbysTests {

    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private final List<GrantedBridge> bridges = Stream.of("a", "b", "c")
            .map(id -> new GrantedBridge(id, id + ":1", id + ".test", "ticket"))
            .toList();
    private final Standbys standbys = new Standbys(bridges, bound -> bound - 1);

    @Test
    void theOneAfterTheLostOneComesFirstAndTheLostOneLast() {
        standbys.on(bridges.get(1));

        assertThat(next(3))
                .extracting(Standbys.Candidate::bridge)
                .containsExactly(bridge("c"), bridge("a"), bridge("b"));
    }

    @Test
    void pausesDoubleAfterEachRoundUpToFiveSeconds() {
        List<Long> pauses = next(30).stream()
                .map(candidate -> (candidate.pause() + 1) / MILLISECOND)
                .toList();

        assertThat(pauses.subList(0, 9)).containsExactly(50L, 50L, 50L, 100L, 100L, 100L, 200L, 200L, 200L);
        assertThat(pauses.getLast()).isEqualTo(5_000);
    }

    @Test
    void aPairingBringsTheShortPausesBack() {
        next(12);

        standbys.on(bridge("a"));

        assertThat(next(1).getFirst().pause()).isLessThan(50 * MILLISECOND);
    }

    @Test
    void pausesGrowOnWhileWhatWasPairedComesToNothing() {
        List<Long> pauses = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            Standbys.Candidate candidate = next(1).getFirst();
            pauses.add((candidate.pause() + 1) / MILLISECOND);
            standbys.on(candidate.bridge());
            standbys.backOn(bridge("a"));
        }

        assertThat(pauses).containsExactly(50L, 50L, 50L, 100L, 100L, 100L, 200L, 200L, 200L, 400L, 400L, 400L);
    }

    @Test
    void aBusyBridgeIsNotAskedBeforeItsTimeAndOthersComeFirst() {
        standbys.postpone(bridge("a"), 400 * MILLISECOND);

        assertThat(next(2)).extracting(Standbys.Candidate::bridge).containsExactly(bridge("b"), bridge("c"));
        standbys.postpone(bridge("b"), 900 * MILLISECOND);
        standbys.postpone(bridge("c"), 800 * MILLISECOND);
        Standbys.Candidate soonest = next(1).getFirst();
        assertThat(soonest.bridge()).isEqualTo(bridge("a"));
        assertThat(soonest.pause()).isEqualTo(400 * MILLISECOND);
    }

    @Test
    void thePreferredOneComesNext() {
        standbys.prefer("c");

        assertThat(next(1).getFirst().bridge()).isEqualTo(bridge("c"));
    }

    @Test
    void aBridgeThatDeniesIsNotTriedAgain() {
        standbys.remove(bridge("a"));
        standbys.remove(bridge("b"));
        assertThat(next(2)).extracting(Standbys.Candidate::bridge).containsExactly(bridge("c"), bridge("c"));
        standbys.remove(bridge("c"));

        assertThat(standbys.next(0)).isEmpty();
    }

    private GrantedBridge bridge(String id) {
        return bridges.stream()
                .filter(bridge -> bridge.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<Standbys.Candidate> next(int count) {
        List<Standbys.Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            candidates.add(standbys.next(0).orElseThrow());
        }
        return candidates;
    }
}
