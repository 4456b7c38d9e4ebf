package io.bascule.tunnel.client.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.bascule.tunnel.Bytes;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.client.proof.Introductions.Acquaintance;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/** One end's part of the exchange on one leg: introduce, prove, and check the other's proof. Not thread-safe. */
public final class Handshake {

    private static final byte[] PROVE = "bascule-prove-1".getBytes(US_ASCII);

    private final Introductions own;
    private final long epoch;
    private final byte[] bridge;
    private final byte[] nonce;
    private @Nullable Met met;

    Handshake(Introductions own, long epoch, String bridge, byte[] nonce) {
        this.own = own;
        this.epoch = epoch;
        this.bridge = bridge.getBytes(UTF_8);
        this.nonce = nonce;
    }

    private record Met(Acquaintance other, Bytes nonce) {}

    /** Whether {@link #introduce} takes no time. */
    public boolean isPrepared() {
        return own.isPrepared();
    }

    /** What this end says first. */
    public Frame.Introduce introduce() {
        return own.introduce(nonce);
    }

    /** The other end has introduced itself; returns this end's proof for it. */
    public Frame.Prove answer(Frame.Introduce other) throws NotProvedException {
        if (met != null) {
            throw new NotProvedException("it introduced itself twice");
        }
        Met now = new Met(own.meet(other), other.nonce());
        met = now;
        return new Frame.Prove(Bytes.wrap(proof(now, own.role())));
    }

    /** The other end's proof has come; once it was found right the exchange is over. */
    public void check(Frame.Prove other) throws NotProvedException {
        Met now = met;
        if (now == null) {
            throw new NotProvedException("it did not introduce itself first");
        }
        EndRole sender = own.role().other();
        if (!MessageDigest.isEqual(proof(now, sender), other.proof().toByteArray())) {
            throw new NotProvedException("its proof is wrong");
        }
        own.proved(now.other());
    }

    private byte[] proof(Met now, EndRole sender) {
        boolean client = own.role() == EndRole.CLIENT;
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(now.other().secret());
            mac.update(PROVE);
            mac.update(ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES + 1)
                    .putLong(own.tunnel().getMostSignificantBits())
                    .putLong(own.tunnel().getLeastSignificantBits())
                    .putInt((int) epoch)
                    .put((byte) sender.wire())
                    .flip());
            mac.update(bridge);
            mac.update(client ? ByteBuffer.wrap(nonce) : now.nonce().toByteBuffer());
            mac.update(client ? now.nonce().toByteBuffer() : ByteBuffer.wrap(nonce));
            return mac.doFinal();
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", absent);
        }
    }
}
