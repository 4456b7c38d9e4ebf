package io.bascule.bridge.legs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tunnel.Bytes;
import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LaneTests {

    private static final EncodedFrame DATA = FrameCodec.encode(new Frame.Data(0, 0, 0, Bytes.wrap(new byte[100])));
    private static final int COST = DATA.length() + BufferBudget.OVERHEAD;

    private final FakeLegStream source = new FakeLegStream();
    private final FakeLegStream sink = new FakeLegStream();
    private final Traffic traffic = new Traffic();
    private final BufferBudget budget = new BufferBudget(3L * COST, 5L * COST);
    private final Lane lane = lane(source, sink);

    @BeforeEach
    void start() {
        lane.start();
    }

    @Test
    void theSourceIsAskedForOneMessageAtATime() {
        assertThat(source.requested).isEqualTo(1);

        lane.sinkReady();
        assertThat(source.requested).isEqualTo(1);

        lane.received(Message.of(DATA));
        assertThat(source.requested).isEqualTo(2);
        assertThat(sink.sent).containsExactly(DATA);
    }

    @Test
    void payloadIsCountedAndHeadersAndOtherFramesAreNot() {
        lane.received(Message.of(DATA));
        lane.received(Message.of(FrameCodec.encode(new Frame.Ping(1))));

        assertThat(traffic.fromClient()).isEqualTo(100);
    }

    @Test
    void aSinkThatIsNotReadyStopsTheSourceAtTheBound() {
        sink.ready = false;
        for (int i = 0; i < 3; i++) {
            lane.received(Message.of(DATA));
        }

        assertThat(source.requested).isEqualTo(3);
        assertThat(sink.sent).isEmpty();
        assertThat(budget.held()).isEqualTo(3L * COST);

        sink.ready = true;
        lane.sinkReady();
        assertThat(sink.sent).hasSize(3);
        assertThat(source.requested).isEqualTo(4);
        assertThat(budget.held()).isZero();
    }

    @Test
    void nothingIsHeldForASinkThatIsGone() {
        sink.ready = false;
        lane.received(Message.of(DATA));
        lane.discard();

        lane.append(FrameCodec.encode(new Frame.PeerLost()));
        lane.received(Message.of(DATA));

        assertThat(budget.held()).isZero();
    }

    @Test
    void whenAllIsSpentOnlyLanesThatHoldNothingAreReadOn() {
        FakeLegStream otherSource = new FakeLegStream();
        FakeLegStream otherSink = new FakeLegStream();
        Lane other = lane(otherSource, otherSink);
        other.start();
        sink.ready = false;
        otherSink.ready = false;
        lane.received(Message.of(DATA));
        lane.received(Message.of(DATA));
        lane.received(Message.of(DATA));
        other.received(Message.of(DATA));
        other.received(Message.of(DATA));
        assertThat(budget.isSpent()).isTrue();
        assertThat(otherSource.requested).isEqualTo(2);

        FakeLegStream idleSource = new FakeLegStream();
        lane(idleSource, new FakeLegStream()).start();

        assertThat(idleSource.requested).isEqualTo(1);
    }

    @Test
    void theSinkEndsAfterAllThatWasHeld() {
        sink.ready = false;
        lane.received(Message.of(DATA));
        lane.finish();
        assertThat(sink.ended).isFalse();

        sink.ready = true;
        lane.sinkReady();

        assertThat(sink.sent).containsExactly(DATA);
        assertThat(sink.ended).isTrue();
    }

    @Test
    void aLaneWithoutASinkHoldsNothingAndReadsOn() {
        sink.ready = false;
        lane.received(Message.of(DATA));

        lane.discard();
        lane.received(Message.of(DATA));

        assertThat(budget.held()).isZero();
        assertThat(sink.sent).isEmpty();
        assertThat(source.requested).isEqualTo(3);
        assertThat(traffic.fromClient()).isEqualTo(100);
    }

    @Test
    void theLastFrameComesAfterWhatWasHeld() {
        EncodedFrame last = FrameCodec.encode(new Frame.PeerLost());
        sink.ready = false;
        lane.received(Message.of(DATA));
        lane.append(last);

        sink.ready = true;
        lane.sinkReady();

        assertThat(sink.sent).isEqualTo(List.of(DATA, last));
    }

    private Lane lane(LegStream from, LegStream to) {
        return new Lane(from, to, budget, traffic::addFromClient);
    }
}
