package io.bascule.tunnel.client;

import io.bascule.tunnel.DetachReason;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.ResetCode;
import io.bascule.tunnel.TunnelStream;
import io.bascule.tunnel.client.proof.Handshake;
import io.bascule.tunnel.client.proof.NotProvedException;
import io.grpc.Status;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The legs of one end: the one that is being attached, the one that is paired, and an earlier one that is being left while
 * what is under way on it still arrives. Tells the stream what happens to them, and sends what it wants sent. Not
 * thread-safe; times are nanoseconds of a clock that never goes back.
 */
final class Legs {

    private static final Logger LOG = LoggerFactory.getLogger(Legs.class);

    /** How long an earlier leg may take to end after it was left. */
    private static final long LEAVING = TimeUnit.SECONDS.toNanos(10);

    private final TunnelStream stream;
    private final Runnable changed;
    private LegStand stand = new LegStand.None();
    private @Nullable Leg coming;
    private @Nullable Meeting meeting;
    private boolean comingStays;
    private Frame.@Nullable Migrate askedEarly;
    private @Nullable Leg present;
    private @Nullable Leg earlier;
    private long earlierUntil;
    private boolean earlierLeft;
    private Frame.@Nullable Migrate asked;
    private Frame.@Nullable Migrate askedOnEarlier;
    private boolean fallenBack;
    private boolean fallenBackBefore;
    private final Attendance other = new Attendance();
    private String whyLost = "";
    private long lostAt;

    /** @param changed called when there is something new to decide about legs */
    Legs(TunnelStream stream, Runnable changed, long now) {
        this.stream = stream;
        this.changed = changed;
        this.lostAt = now;
    }

    /**
     * Starts a leg; the present one is used until the new one leads to the other end and that has proved itself.
     *
     * @param stays whether it leads to the bridge that the present one leads to
     */
    void attach(Leg leg, Frame.Attach attach, Handshake introductions, boolean stays) {
        dropComing();
        comingStays = stays;
        stand = new LegStand.Attaching();
        coming = leg;
        meeting = new Meeting(introductions);
        askedEarly = null;
        leg.start(attach);
    }

    LegStand stand() {
        return stand;
    }

    boolean hasPresent() {
        return present != null;
    }

    /** The present leg's bridge asks for a move; null if it does not. */
    Frame.@Nullable Migrate asked() {
        return present == null ? null : asked;
    }

    /** Whether the leg of the last pairing was lost before the other end came to it, and the one before is the present one again. */
    boolean hasFallenBack() {
        return fallenBack;
    }

    /** Whether that was so of the pairing before the last one. */
    boolean hadFallenBack() {
        return fallenBackBefore;
    }

    /** Whether the other end of a tunnel that is over left in order too, or is not known any more. A bridge that stops has sent MIGRATE. */
    boolean hasOtherLeft() {
        return other.hasLeft();
    }

    /** Why the last paired leg was lost. */
    String whyLost() {
        return whyLost;
    }

    /** When there was no leg any more, the last time. */
    long lostAt() {
        return lostAt;
    }

    void tellBridge(Frame.WithBridge frame) {
        if (present != null) {
            present.send(frame);
        }
    }

    void received(Leg from, Frame frame, long now) {
        if (from == coming) {
            receiveComing(from, frame, now);
        } else if (from == present) {
            receivePresent(from, frame, now);
        } else if (from == earlier) {
            receiveEarlier(frame, now);
        }
    }

    void ended(Leg from, Status status, long now) {
        if (from == coming) {
            failComing(new LegStand.Ended(status));
        } else if (from == present) {
            other.legEnded(status.isOk() && asked == null);
            losePresent(StatusText.of(status), now);
        } else if (from == earlier) {
            endEarlier(now);
        }
    }

    /** Sends what the stream wants sent. */
    void send(long now) {
        Leg to = present;
        if (to != null) {
            for (Frame next = stream.nextFrame(to.isReady(), now); next != null; ) {
                to.send(next);
                next = stream.nextFrame(to.isReady(), now);
            }
        }
        Leg before = earlier;
        if (before != null && !earlierLeft) {
            for (Frame next = stream.nextOnEarlierLeg(before.isReady()); next != null; ) {
                before.send(next);
                next = stream.nextOnEarlierLeg(before.isReady());
            }
        }
    }

    private void receiveComing(Leg from, Frame frame, long now) {
        switch (frame) {
            case Frame.Attached(var status, long epoch, long retryAfter, String text) -> {
                switch (status) {
                    case OK -> {
                        stand = new LegStand.Meeting();
                        meeting().attached(from);
                    }
                    case NOT_FOUND, STALE_EPOCH, DENIED, BUSY ->
                        failComing(new LegStand.Refused(status, epoch, Duration.ofMillis(retryAfter), text));
                }
            }
            case Frame.OfProof proof -> receiveProof(from, proof, now);
            case Frame.Migrate migrate -> askedEarly = migrate;
            case Frame.PeerLost() -> {
                from.leave(DetachReason.MOVED);
                failComing(LegStand.Refused.busy("the other end was lost there"));
            }
            case Frame.Reset reset
            when isOfTheTunnel(reset) -> {
                other.isGone();
                stream.received(reset, now);
            }
            case Frame.Reset(var code, String text) -> failComing(LegStand.Refused.busy(text + " (" + code + ")"));
            case Frame.BetweenEnds _, Frame.WithBridge _ ->
                from.cancel("a bridge answers ATTACH before it sends anything else");
        }
    }

    private void receiveProof(Leg from, Frame.OfProof proof, long now) {
        try {
            switch (proof) {
                case Frame.Introduce other -> {
                    meeting().introduced(other);
                    changed.run();
                }
                case Frame.Prove other -> {
                    if (meeting().check(other)) {
                        paired(now);
                    }
                }
            }
        } catch (NotProvedException stranger) {
            leaveStranger(from, stranger);
        }
    }

    /** Of the coming leg; null if there is none. */
    @Nullable
    Meeting coming() {
        return coming == null ? null : meeting;
    }

    /** A meeting's answer was found; to be sent, unless its leg is not there any more. */
    void answered(Meeting done, long now) {
        Leg leg = coming;
        if (leg == null || done != meeting) {
            return;
        }
        try {
            leg.send(done.answered());
            if (done.checkHeld()) {
                paired(now);
            }
        } catch (NotProvedException stranger) {
            leaveStranger(leg, stranger);
        }
    }

    private void leaveStranger(Leg from, NotProvedException stranger) {
        String why = "the other end is not the right one: " + stranger.getMessage();
        LOG.warn("a leg was left: {}", why);
        from.leave(DetachReason.MOVED);
        failComing(LegStand.Refused.denied(why));
    }

    private Meeting meeting() {
        return Objects.requireNonNull(meeting);
    }

    /** While there is a leg, one that cannot be had is no reason to end, and how the tunnel ends is told on the one there is. */
    private boolean isOfTheTunnel(Frame.Reset reset) {
        return present == null || reset.code().equals(ResetCode.REVOKED);
    }

    private void receivePresent(Leg from, Frame frame, long now) {
        switch (frame) {
            case Frame.Hello hello -> {
                other.came();
                stream.received(hello, now);
                leaveEarlier(now);
                if (!hello.earlier()) {
                    endEarlier(now);
                }
                changed.run();
            }
            case Frame.BetweenEnds between -> stream.received(between, now);
            case Frame.PeerLost() -> {
                from.leave(DetachReason.MOVED);
                losePresent("the other end lost its leg there", now);
            }
            case Frame.Migrate migrate -> {
                asked = migrate;
                changed.run();
            }
            case Frame.Attach _, Frame.Attached _, Frame.Detach _, Frame.Resumed _, Frame.OfProof _ ->
                from.cancel("a bridge sends nothing of that kind to an end that is paired");
        }
    }

    /** What is under way on the earlier leg still counts, until the other end has left it too. */
    private void receiveEarlier(Frame frame, long now) {
        switch (frame) {
            case Frame.BetweenEnds between -> stream.receivedOverEarlierLeg(between, now);
            case Frame.PeerLost() -> endEarlier(now);
            case Frame.Migrate migrate -> askedOnEarlier = migrate;
            case Frame.WithBridge _, Frame.OfProof _ -> {
                // Of no interest any more.
            }
        }
    }

    private void paired(long now) {
        stand = new LegStand.Attached();
        fallenBackBefore = fallenBack;
        fallenBack = false;
        other.paired();
        askedOnEarlier = asked;
        asked = askedEarly == null && comingStays ? asked : askedEarly;
        shift(now);
        stream.attached(now, earlier != null);
        changed.run();
    }

    private void failComing(LegStand why) {
        stand = why;
        coming = null;
        changed.run();
    }

    private void losePresent(String why, long now) {
        if (!stream.isChanged() && earlier != null && !earlierLeft) {
            present = earlier;
            earlier = null;
            asked = askedOnEarlier;
            fallenBack = true;
            other.fellBack();
            stream.fellBack(now);
        } else {
            asked = null;
            dropEarlier(now);
            present = null;
            whyLost = why;
            lostAt = now;
            stream.detached(now);
        }
        changed.run();
    }

    private void endEarlier(long now) {
        if (earlier != null) {
            leaveEarlier(now);
            earlier = null;
            stream.earlierLegOver();
        }
    }

    /** Gives the leg up that is being attached. */
    void dropComing() {
        if (coming != null) {
            coming.leave(DetachReason.MOVED);
            coming = null;
            stand = new LegStand.None();
        }
    }

    /** Gives up what has been silent, or is being left, for too long. */
    void dropSilent(long now) {
        if (earlier != null && now - earlierUntil >= 0) {
            dropEarlier(now);
            stream.earlierLegOver();
        }
        if (present != null && stream.isLegSilent(now)) {
            String why = "nothing was heard from the other end for too long";
            present.cancel(why);
            losePresent(why, now);
        }
    }

    /** The coming leg is the present one, and that one, if there is one, the earlier one. */
    private void shift(long now) {
        if (earlier != null) {
            earlier.leave(DetachReason.MOVED);
            earlier.cancel("replaced twice");
        }
        earlier = present;
        earlierLeft = false;
        earlierUntil = now + LEAVING;
        present = coming;
        coming = null;
    }

    /** Nothing more is sent over the earlier leg. */
    private void leaveEarlier(long now) {
        if (earlier != null && !earlierLeft) {
            earlierLeft = true;
            earlierUntil = now + LEAVING;
            earlier.leave(DetachReason.MOVED);
        }
    }

    /** Gives the earlier leg up for good. */
    private void dropEarlier(long now) {
        if (earlier != null) {
            leaveEarlier(now);
            earlier.cancel("over");
            earlier = null;
        }
    }

    /** When to call {@link #dropSilent}, if not before. */
    long deadline() {
        long next = stream.deadline();
        return earlier != null && earlierUntil - next < 0 ? earlierUntil : next;
    }

    /** The tunnel is over: no leg is wanted any more that is not there. */
    void endComing() {
        if (coming != null) {
            coming.cancel("the tunnel is over");
            coming = null;
        }
    }

    /** The tunnel is over, and this end has nothing more to say on the legs on which it is. */
    void leave(long now) {
        if (earlier != null) {
            earlier.leave(DetachReason.ENDED);
            earlier = null;
        }
        if (present != null) {
            present.leave(DetachReason.ENDED);
            present = null;
            lostAt = now;
            stream.detached(now);
        }
    }
}
