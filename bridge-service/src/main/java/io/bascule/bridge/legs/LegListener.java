package io.bascule.bridge.legs;

import io.bascule.bridge.pairing.Occurrence;
import io.bascule.bridge.peers.Peer;
import io.bascule.tunnel.DetachReason;
import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import io.bascule.tunnel.InvalidFrameException;
import io.bascule.tunnel.ResetCode;
import org.jspecify.annotations.Nullable;

/**
 * What comes in on one leg: first an ATTACH, then frames to forward. Called by one thread at a time; it never blocks, for
 * its thread serves other legs too.
 */
final class LegListener {

    private static final int RESET = 0x14;

    private final Leg leg;
    private final Peer peer;
    private final AttachLeg attachLeg;
    private final OpenLegs openLegs;
    private final Faults faults;
    private @Nullable Tunnel tunnel;
    private boolean refused;
    private boolean moved;

    LegListener(Leg leg, Peer peer, AttachLeg attachLeg, OpenLegs openLegs, Faults faults) {
        this.leg = leg;
        this.peer = peer;
        this.attachLeg = attachLeg;
        this.openLegs = openLegs;
        this.faults = faults;
    }

    /** A message that was asked for; it belongs to the listener. */
    void message(Message message) {
        try {
            if (refused) {
                message.drop();
            } else if (tunnel == null) {
                attach(message);
            } else if (message.isBetweenEnds()) {
                forward(tunnel, message);
            } else {
                receive(tunnel, FrameCodec.decode(message.onHeap()));
            }
        } catch (InvalidFrameException invalid) {
            breakOff(ResetCode.PROTOCOL_ERROR, "bridge: " + invalid.getMessage());
        }
    }

    /** The end sends nothing more on this leg. */
    void halfClosed() {
        countIfEarly();
        if (moved) {
            return;
        }
        leave(new Occurrence.Leaving(leg.id()));
        leg.stream().end();
    }

    /** The leg takes bulk again. */
    void ready() {
        Lane incoming = leg.incoming();
        if (incoming != null) {
            incoming.sinkReady();
        }
    }

    /** What came was no frame. */
    void violated(String text) {
        if (!refused) {
            breakOff(ResetCode.PROTOCOL_ERROR, "bridge: " + text);
        }
    }

    /** The stream was cut: nothing comes and nothing can be delivered any more. */
    void broken() {
        countIfEarly();
        gone();
        leave(new Occurrence.Breaking(leg.id()));
    }

    /** The stream is over after the bridge ended it. */
    void over() {
        gone();
    }

    private void countIfEarly() {
        if (openLegs.attaching(leg)) {
            faults.refused(Faults.Refusal.LEFT);
        }
    }

    private void attach(Message first) throws InvalidFrameException {
        if (!(FrameCodec.decode(first.onHeap()) instanceof Frame.Attach attach)) {
            breakOff(ResetCode.PROTOCOL_ERROR, "bridge: the first frame of a leg is ATTACH");
            return;
        }
        if (!openLegs.attaching(leg)) {
            return;
        }
        switch (attachLeg.attach(leg, attach, peer)) {
            case Attachment.Taken(Tunnel taken) -> tunnel = taken;
            case Attachment.Revoked(String reason) -> breakOff(ResetCode.REVOKED, reason);
            case Attachment.Refused(var status, var retryAfter, String text) -> {
                refused = true;
                faults.refused(Faults.Refusal.of(status));
                leg.stream()
                        .send(FrameCodec.encode(
                                new Frame.Attached(status, attach.epoch(), retryAfter.toMillis(), text)));
                leg.stream().end();
            }
        }
    }

    private void forward(Tunnel tunnel, Message message) throws InvalidFrameException {
        Message passing = message;
        if (message.type() == RESET) {
            EncodedFrame frame = message.onHeap();
            passing = Message.of(frame);
            if (FrameCodec.decode(frame) instanceof Frame.Reset reset) {
                tunnel.resetPasses(reset);
            }
        }
        Lane outgoing = leg.outgoing();
        if (outgoing == null) {
            passing.drop();
        } else {
            outgoing.received(passing);
        }
    }

    private void receive(Tunnel tunnel, Frame frame) throws InvalidFrameException {
        switch (frame) {
            case Frame.Detach(DetachReason reason)
            when reason.equals(DetachReason.MOVED) -> {
                moved = true;
                tunnel.handle(new Occurrence.Moving(leg.id()));
            }
            case Frame.Detach _ -> {
                tunnel.handle(new Occurrence.Leaving(leg.id()));
                leg.stream().end();
            }
            case Frame.Resumed resumed -> {
                tunnel.resumed(resumed);
                askForNext();
            }
            case Frame.WithBridge _, Frame.BetweenEnds _, Frame.OfProof _ ->
                breakOff(ResetCode.PROTOCOL_ERROR, "bridge: only DETACH and RESUMED may follow ATTACH");
        }
    }

    /** The message that was asked for was not one to hand on. */
    private void askForNext() {
        Lane outgoing = leg.outgoing();
        if (outgoing != null) {
            outgoing.skipped();
        }
    }

    private void breakOff(ResetCode code, String text) {
        refused = true;
        openLegs.attaching(leg);
        if (tunnel == null) {
            faults.refused(code.equals(ResetCode.REVOKED) ? Faults.Refusal.REVOKED : Faults.Refusal.PROTOCOL_ERROR);
        }
        leg.stream().send(FrameCodec.encode(new Frame.Reset(code, text)));
        leg.stream().end();
        leave(new Occurrence.Resetting(code, text));
    }

    /** The stream is over: nothing can be delivered to it any more. */
    private void gone() {
        openLegs.remove(leg);
        leg.discardIncoming();
    }

    private void leave(Occurrence occurrence) {
        Tunnel left = tunnel;
        if (left != null) {
            left.handle(occurrence);
        }
    }
}
