package io.bascule.api.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.bridges.Bridge;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BridgeChoiceTests {

    @Test
    void theLeastLoadedComesFirstAndTwoStandBy() {
        assertThat(chosen(at("a", 9), at("b", 1), at("c", 5), at("d", 7))).containsExactly("b", "c", "d");
    }

    @Test
    void aDrainingBridgeGetsNothingHoweverIdle() {
        assertThat(chosen(draining("a", 0), at("b", 100))).containsExactly("b");
    }

    @Test
    void whereAllDrainNoneIsChosen() {
        assertThat(chosen(draining("a", 0))).isEmpty();
    }

    @Test
    void equallyLoadedOnesAreInTheOrderOfTheirIds() {
        assertThat(chosen(at("b", 3), at("a", 3))).containsExactly("a", "b");
    }

    private static List<String> chosen(BridgeChoice... candidates) {
        return BridgeChoice.choose(List.of(candidates)).stream().map(Bridge::id).toList();
    }

    private static BridgeChoice at(String id, long load) {
        return new BridgeChoice(bridge(id, false), load);
    }

    private static BridgeChoice draining(String id, long load) {
        return new BridgeChoice(bridge(id, true), load);
    }

    private static Bridge bridge(String id, boolean draining) {
        return new Bridge(id, "127.0.0.1:1", id + ".test", UUID.randomUUID(), draining, 1, Instant.EPOCH, null);
    }
}
