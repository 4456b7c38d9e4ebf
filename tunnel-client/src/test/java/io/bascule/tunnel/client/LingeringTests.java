package io.bascule.tunnel.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.testsupport.Await;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.StreamSettings;
import io.bascule.tunnel.TunnelStream;
import io.bascule.tunnel.client.proof.Inner;
import io.bascule.tunnel.client.proof.OtherEnd;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Ends that nobody calls any more do not keep others from lingering. */
class LingeringTests {

    private static final Duration SOON = LastWord.LINGER.dividedBy(2);

    private static final GrantedBridge BRIDGE =
            new GrantedBridge("bridge-0", "127.0.0.1:1", "bridge-0.bridge.test", "ticket");

    private final Lingering few = new Lingering(2);

    @Test
    void theOneThatHasLingeredLongestLeavesForOneMore() throws Exception {
        Thread first = linger();
        Thread second = linger();

        Thread third = linger();

        assertThat(first.join(SOON)).as("the first one is gone").isTrue();
        assertThat(second.isAlive()).isTrue();
        assertThat(third.isAlive()).isTrue();
        linger();
        assertThat(second.join(SOON)).as("and the next one").isTrue();
        assertThat(third.isAlive()).isTrue();
    }

    /** Returns once an agent end lingers. */
    private Thread linger() {
        TunnelGrant grant = new TunnelGrant(
                UUID.randomUUID(), 1, List.of(BRIDGE), List.of(), new OtherEnd.Client("thumbprint"), Inner.NONE);
        Coupling coupling =
                new Coupling(new TunnelStream(StreamSettings.DEFAULT, System.nanoTime()), System::nanoTime, false);
        Route route = new Route(EndRole.AGENT, grant, System::nanoTime);
        LastWord word = new LastWord(EndRole.AGENT, coupling, route, _ -> false);
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                word.linger(few);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        Await.until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }
}
