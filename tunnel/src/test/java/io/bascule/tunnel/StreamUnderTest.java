package io.bascule.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tunnel.Frame.BetweenEnds;
import io.bascule.tunnel.Frame.Data;
import io.bascule.tunnel.Frame.Hello;
import io.bascule.tunnel.Frame.Reset;
import io.bascule.tunnel.StreamState.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One end with a clock, and the other end's frames by hand. */
final class StreamUnderTest {

    static final int WINDOW = 100;

    private long now = 1_000;
    private final TunnelStream stream = new TunnelStream(StreamSettings.DEFAULT.withWindow(WINDOW, WINDOW), now);

    TunnelStream stream() {
        return stream;
    }

    long now() {
        return now;
    }

    void pair(long otherEndsLimit) {
        stream.attached(now);
        receive(new Hello(0, otherEndsLimit));
        assertThat(sent()).containsExactly(new Hello(0, WINDOW));
    }

    void receive(BetweenEnds frame) {
        stream.received(frame, now);
    }

    void deliver(long offset, String text) {
        receive(new Data(offset, 0, 10, utf8(text)));
        stream.localWritten(text(stream.takeDeliverable()).length(), now);
    }

    void closeOutput() {
        assertThat(stream.isOutputToBeClosed()).isTrue();
        stream.localOutputClosed(now);
    }

    void read(String text) {
        assertThat(stream.readableBytes()).isGreaterThanOrEqualTo(text.length());
        stream.localRead(utf8(text));
    }

    void advance(Duration time) {
        now += time.toNanos();
        stream.tick(now);
    }

    List<BetweenEnds> sent() {
        List<BetweenEnds> frames = new ArrayList<>();
        for (BetweenEnds next = stream.nextFrame(true, now); next != null; next = stream.nextFrame(true, now)) {
            frames.add(next);
        }
        return frames;
    }

    void assertProtocolError(String text) {
        assertThat(stream.state()).isEqualTo(new StreamState.Reset(ResetCode.PROTOCOL_ERROR, text, Origin.THIS_END));
        assertThat(sent()).containsExactly(new Reset(ResetCode.PROTOCOL_ERROR, text));
    }

    static Bytes utf8(String text) {
        return Bytes.wrap(text.getBytes(UTF_8));
    }

    static String text(List<Bytes> pieces) {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(new String(piece.toByteArray(), UTF_8)));
        return text.toString();
    }
}
