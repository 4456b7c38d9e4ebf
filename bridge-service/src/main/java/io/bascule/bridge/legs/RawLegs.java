package io.bascule.bridge.legs;

import io.bascule.bridge.peers.Peer;
import io.bascule.bridge.peers.UnknownPeerException;
import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import io.bascule.tunnel.client.raw.OpenConnections;
import io.bascule.tunnel.client.raw.RawConnection;
import io.bascule.tunnel.client.raw.RawFrame;
import io.bascule.tunnel.client.raw.RawListener;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The raw legs of this bridge. Safe for use by many threads. */
public final class RawLegs {

    private static final long RETRY_AFTER_MILLIS = 1_000;

    private final AttachLeg attachLeg;
    private final OpenLegs openLegs;
    private final Faults faults;
    private final BufferBudget budget;
    private final OpenConnections connections = new OpenConnections();

    RawLegs(AttachLeg attachLeg, OpenLegs openLegs, Faults faults, BufferBudget budget) {
        this.attachLeg = attachLeg;
        this.openLegs = openLegs;
        this.faults = faults;
        this.budget = budget;
    }

    /** The handler for a connection whose TLS handshake has just chosen raw legs; to be started once it is in place. */
    public RawConnection connection(SSLSession session) {
        return new RawConnection(new Accepting(session), connections, budget::take);
    }

    /** A connection asked for no protocol that this bridge speaks. */
    public void refusedProtocol() {
        faults.refused(Faults.Refusal.WRONG_PROTOCOL);
    }

    /** Drops all at once. */
    public void kill() {
        connections.drop("the bridge stops");
    }

    private static void refuse(RawConnection connection, AttachStatus status, String text) {
        long retryAfter = status == AttachStatus.BUSY ? RETRY_AFTER_MILLIS : 0;
        connection.send(FrameCodec.encode(new Frame.Attached(status, 0, retryAfter, text)));
        connection.end();
    }

    /** One connection: finds out who is there, then hands everything to the leg's listener. */
    private final class Accepting implements RawListener {

        private final SSLSession session;
        private @Nullable LegListener listener;

        Accepting(SSLSession session) {
            this.session = session;
        }

        @Override
        public void connected(RawConnection connection) {
            Leg leg = new Leg(openLegs.newId(), new RawLegStream(connection));
            if (!openLegs.add(leg)) {
                refuse(connection, AttachStatus.BUSY, "too many legs; try another bridge");
                return;
            }
            try {
                listener = new LegListener(leg, Peer.of(session), attachLeg, openLegs, faults);
                connection.request();
            } catch (UnknownPeerException nobody) {
                openLegs.remove(leg);
                faults.refused(Faults.Refusal.DENIED);
                refuse(connection, AttachStatus.DENIED, String.valueOf(nobody.getMessage()));
            }
        }

        @Override
        public void frame(RawFrame frame) {
            if (listener == null) {
                frame.release();
            } else {
                listener.message(new Message.InBuffers(frame));
            }
        }

        @Override
        public void halfClosed() {
            if (listener != null) {
                listener.halfClosed();
            }
        }

        @Override
        public void ready() {
            if (listener != null) {
                listener.ready();
            }
        }

        @Override
        public void violated(String text) {
            if (listener != null) {
                listener.violated(text);
            }
        }

        @Override
        public void over(boolean inOrder, String why) {
            if (listener == null) {
                return;
            }
            if (inOrder) {
                listener.over();
            } else {
                listener.broken();
            }
        }
    }
}
