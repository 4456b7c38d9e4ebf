package io.bascule.tunnel.client;

import io.bascule.testsupport.Await;
import io.bascule.tunnel.Bytes;
import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import io.bascule.tunnel.InvalidFrameException;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a {@link FakeBridge} has passed on that its tests ask for. Safe for use by many threads. */
final class PassedFrames {

    private static final int ACK = FrameCodec.encode(new Frame.Ack(0, 0)).type();

    private final Map<EndRole, Long> acknowledged = new ConcurrentHashMap<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long end;
    private volatile boolean keeping;

    /** Keeps the client end's bytes from now on. */
    void keepBytes() {
        keeping = true;
    }

    void add(EndRole from, EncodedFrame message) throws InvalidFrameException {
        if (keeping || message.type() == ACK) {
            add(from, FrameCodec.decode(message));
        }
    }

    private synchronized void add(EndRole from, Frame frame) {
        if (frame instanceof Frame.Ack(long upTo, long _)) {
            acknowledged.merge(from, upTo, Math::max);
        } else if (from == EndRole.CLIENT && frame instanceof Frame.Data data) {
            bytes.writeBytes(data.bytes().toByteArray());
            end = data.offset() + data.bytes().length();
        }
    }

    /** Returns when an ACK of this end, of so much at least, has been passed on. */
    void awaitAcknowledgement(EndRole from, long offset) {
        Await.until(() -> acknowledged.getOrDefault(from, 0L) >= offset);
    }

    /** The bytes of all DATA frames of the client end that were kept, with where they end. */
    synchronized Seen seen() {
        return new Seen(Bytes.wrap(bytes.toByteArray()), end);
    }

    record Seen(Bytes bytes, long end) {}
}
