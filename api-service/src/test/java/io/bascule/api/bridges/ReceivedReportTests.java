package io.bascule.api.bridges;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.bridges.BridgeReport.Agents;
import io.bascule.api.bridges.BridgeReport.Tunnels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReceivedReportTests {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final UUID BOOT = UUID.randomUUID();

    @Test
    void anUnknownBridgeHasToSayEverything() {
        assertThat(receive(delta(BOOT, 1), Optional.empty()).resync()).isTrue();
        assertThat(receive(full(BOOT, 1), Optional.empty()).resync()).isFalse();
    }

    @Test
    void theNextReportInOrderIsEnough() {
        assertThat(receive(delta(BOOT, 2), known(1)).resync()).isFalse();
    }

    @Test
    void aReportThatWasLostIsMadeUpForByAFullOne() {
        assertThat(receive(delta(BOOT, 3), known(1)).resync()).isTrue();
    }

    @Test
    void aReportThatIsSentAgainCountsAgain() {
        ReceivedReport received = receive(delta(BOOT, 1), known(1));

        assertThat(received.late()).isFalse();
        assertThat(received.resync()).isFalse();
    }

    @Test
    void aReportThatWasOvertakenLeavesPresenceAlone() {
        ReceivedReport received = receive(delta(BOOT, 4), known(5));

        assertThat(received.late()).isTrue();
        assertThat(received.bridge().sequence()).isEqualTo(5);
    }

    @Test
    void aNewBootIsAnotherBridgeHoweverLowItsNumbers() {
        ReceivedReport received = receive(full(UUID.randomUUID(), 1), known(900));

        assertThat(received.late()).isFalse();
        assertThat(received.bridge().startedAt()).isEqualTo(NOW);
    }

    @Test
    void aBootKeepsWhenItStarted() {
        assertThat(receive(delta(BOOT, 2), known(1)).bridge().startedAt()).isEqualTo(NOW.minusSeconds(1));
    }

    @Test
    void everyFewSecondsAFullReportIsDue() {
        Instant later = NOW.plus(ReceivedReport.FULL_EVERY);

        assertThat(ReceivedReport.of("bridge-0", delta(BOOT, 2), known(1), later)
                        .resync())
                .isTrue();
        assertThat(ReceivedReport.of("bridge-0", delta(BOOT, 2), known(1), later.minus(Duration.ofSeconds(2)))
                        .resync())
                .isFalse();
    }

    private static ReceivedReport receive(BridgeReport report, Optional<Bridge> known) {
        return ReceivedReport.of("bridge-0", report, known, NOW);
    }

    private static Optional<Bridge> known(long sequence) {
        Instant before = NOW.minusSeconds(1);
        return Optional.of(
                new Bridge("bridge-0", "127.0.0.1:1", "0.bridge.test", BOOT, false, sequence, before, before));
    }

    private static BridgeReport full(UUID boot, long sequence) {
        return report(boot, sequence, true);
    }

    private static BridgeReport delta(UUID boot, long sequence) {
        return report(boot, sequence, false);
    }

    private static BridgeReport report(UUID boot, long sequence, boolean full) {
        return new BridgeReport(
                boot,
                "127.0.0.1:1",
                "0.bridge.test",
                false,
                sequence,
                full,
                0L,
                new Agents(List.of(), List.of()),
                new Tunnels(List.of(), List.of(), List.of()));
    }
}
