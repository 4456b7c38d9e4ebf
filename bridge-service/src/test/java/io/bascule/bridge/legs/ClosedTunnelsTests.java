package io.bascule.bridge.legs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tunnel.ResetCode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClosedTunnelsTests {

    private final ClosedTunnels closed = new ClosedTunnels(2);
    private final ClosedTunnel first = closed();
    private final ClosedTunnel second = closed();
    private final ClosedTunnel third = closed();

    @Test
    void whatIsNotConfirmedIsToldAgain() {
        closed.add(first);
        closed.add(second);
        assertThat(closed.oldest(10)).containsExactly(first, second);
        assertThat(closed.oldest(1)).containsExactly(first);

        closed.confirmed(List.of(first));

        assertThat(closed.oldest(10)).containsExactly(second);
    }

    @Test
    void theOldestIsGivenUpAtTheBoundAndConfirmingItLaterHarmsNoOther() {
        closed.add(first);
        closed.add(second);
        List<ClosedTunnel> told = closed.oldest(10);
        closed.add(third);
        assertThat(closed.oldest(10)).containsExactly(second, third);

        closed.confirmed(told);

        assertThat(closed.oldest(10)).containsExactly(third);
    }

    private static ClosedTunnel closed() {
        return new ClosedTunnel(UUID.randomUUID(), 1, 1, false, 1, 2, ResetCode.CLOSED, "finished");
    }
}
