package io.bascule.tunnel.client;

import io.bascule.tunnel.Frame;
import io.bascule.tunnel.client.proof.Handshake;
import io.bascule.tunnel.client.proof.NotProvedException;
import org.jspecify.annotations.Nullable;

/**
 * How the ends prove to each other who they are on one leg. To check an introduction takes signatures and a key agreement
 * the first time, so that is not done on the thread that brings frames, of which a process has a few for all its tunnels:
 * the introduction waits, and a proof that comes meanwhile waits with it. Guarded by its owner's lock, {@link #answer} apart.
 */
final class Meeting {

    private final Handshake handshake;
    private Stage stage = Stage.STRANGERS;
    private @Nullable Leg unintroduced;
    private Frame.@Nullable Introduce introduction;
    private Frame.@Nullable Prove answer;
    private Frame.@Nullable Prove held;
    private String whyNot = "";

    private enum Stage {
        STRANGERS,
        INTRODUCED,
        ANSWERED
    }

    Meeting(Handshake handshake) {
        this.handshake = handshake;
    }

    /** The bridge has let this end in: it introduces itself now, or in {@link #introduceIfDue} once its key has been made. */
    void attached(Leg leg) {
        unintroduced = leg;
        introduceIfDue();
    }

    void introduceIfDue() {
        Leg to = unintroduced;
        if (to != null && handshake.isPrepared()) {
            unintroduced = null;
            to.send(handshake.introduce());
        }
    }

    void introduced(Frame.Introduce other) throws NotProvedException {
        if (stage != Stage.STRANGERS) {
            throw new NotProvedException("it introduced itself twice");
        }
        introduction = other;
        stage = Stage.INTRODUCED;
    }

    boolean isToBeAnswered() {
        return stage == Stage.INTRODUCED;
    }

    /** Takes a few milliseconds the first time that the ends meet. Called once, by one thread, without the owner's lock. */
    void answer() {
        Frame.Introduce other = introduction;
        if (other == null) {
            throw new IllegalStateException("nobody has introduced himself");
        }
        try {
            answer = handshake.answer(other);
        } catch (NotProvedException stranger) {
            whyNot = String.valueOf(stranger.getMessage());
        } catch (RuntimeException unreadable) {
            whyNot = "what it introduces itself with cannot be read: " + unreadable;
        }
    }

    /** This end's proof, once {@link #answer} has returned. */
    Frame.Prove answered() throws NotProvedException {
        stage = Stage.ANSWERED;
        Frame.Prove proof = answer;
        if (proof == null) {
            throw new NotProvedException(whyNot);
        }
        return proof;
    }

    /** The other end's proof; says whether it was found right. It is kept for {@link #checkHeld} while this end answers. */
    boolean check(Frame.Prove other) throws NotProvedException {
        if (stage == Stage.INTRODUCED) {
            held = other;
            return false;
        }
        handshake.check(other);
        return true;
    }

    /** Whether a proof that came before its time is right; false if none did. */
    boolean checkHeld() throws NotProvedException {
        Frame.Prove other = held;
        return other != null && check(other);
    }
}
