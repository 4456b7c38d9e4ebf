package io.bascule.tunnel.client.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bascule.tunnel.Bytes;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.UUID;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * What one end knows of itself and of the other end for as long as its tunnel lives: its key, and the other's once that was
 * proved. Each leg has a {@link Handshake} of its own. Not thread-safe, {@link #prepare} and {@link #isPrepared} apart.
 */
public final class Introductions {

    private static final byte[] INTRODUCE = "bascule-introduce-1".getBytes(US_ASCII);
    private static final byte[] RESUME = "bascule-resume-1".getBytes(US_ASCII);
    private static final int KEY_LENGTH = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final UUID tunnel;
    private final EndRole role;
    private final Certified credentials;
    private final OtherEnd expected;
    private volatile @Nullable OwnIntroduction own;
    private @Nullable Acquaintance proved;

    /** Makes no key yet, see {@link #prepare}. */
    public Introductions(UUID tunnel, EndRole role, Certified credentials, OtherEnd expected) {
        this.tunnel = tunnel;
        this.role = role;
        this.credentials = credentials;
        this.expected = expected;
    }

    /**
     * Makes this end's key and signs it, unless that is done; takes a fraction of a millisecond. To be called while the first leg is on
     * its way: nothing waits for it then.
     */
    public synchronized void prepare() {
        if (own == null) {
            own = OwnIntroduction.make(credentials, key -> signed(role, key));
        }
    }

    /** Whether this end can introduce itself without making a key first. */
    boolean isPrepared() {
        return own != null;
    }

    private OwnIntroduction own() {
        if (own == null) {
            prepare();
        }
        return Objects.requireNonNull(own);
    }

    /** The exchange on one leg. */
    public Handshake handshake(long epoch, String bridge) {
        byte[] nonce = new byte[KEY_LENGTH];
        RANDOM.nextBytes(nonce);
        return new Handshake(this, epoch, bridge, nonce);
    }

    UUID tunnel() {
        return tunnel;
    }

    EndRole role() {
        return role;
    }

    Frame.Introduce introduce(byte[] nonce) {
        return own().with(nonce);
    }

    /** The other end as it introduces itself, which it has yet to prove: the one that was proved, or one that may be. */
    Acquaintance meet(Frame.Introduce other) throws NotProvedException {
        byte[] otherKey = other.key().toByteArray();
        Acquaintance known = proved;
        if (known != null) {
            if (!known.key().equals(other.key())) {
                throw new NotProvedException("its key is not the one that it proved before");
            }
            return known;
        }
        X509Certificate certificate =
                CheckCertificate.check(other.certificates().toByteArray(), expected, credentials.authorities());
        requireSigned(certificate, otherKey, other.signature().toByteArray());
        return new Acquaintance(Bytes.wrap(otherKey), secret(otherKey, certificate));
    }

    void proved(Acquaintance other) {
        proved = other;
    }

    /** The other end's public key and the secret that only the two ends have. */
    record Acquaintance(Bytes key, SecretKey secret) {}

    private void requireSigned(X509Certificate certificate, byte[] otherKey, byte[] otherSignature)
            throws NotProvedException {
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSA", Verification.provider());
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(signed(role.other(), otherKey));
            if (!verifier.verify(otherSignature)) {
                throw new NotProvedException("the signature of its key is wrong");
            }
        } catch (GeneralSecurityException malformed) {
            throw new NotProvedException("the signature of its key cannot be checked", malformed);
        }
    }

    private byte[] signed(EndRole signer, byte[] signedKey) {
        return ByteBuffer.allocate(INTRODUCE.length + 1 + 2 * Long.BYTES + signedKey.length)
                .put(INTRODUCE)
                .put((byte) signer.wire())
                .putLong(tunnel.getMostSignificantBits())
                .putLong(tunnel.getLeastSignificantBits())
                .put(signedKey)
                .array();
    }

    private SecretKey secret(byte[] otherKey, X509Certificate otherCertificate) throws NotProvedException {
        byte[] shared = own().agreement().with(otherKey);
        try {
            byte[] salt = ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(tunnel.getMostSignificantBits())
                    .putLong(tunnel.getLeastSignificantBits())
                    .array();
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "HmacSHA256",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(shared)
                                    .addSalt(salt)
                                    .thenExpand(info(otherKey, otherCertificate), KEY_LENGTH));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("this Java runtime has no HKDF", absent);
        }
    }

    private byte[] info(byte[] otherKey, X509Certificate otherCertificate) throws GeneralSecurityException {
        byte[] key = own().key().toByteArray();
        byte[] mine = sha256(credentials.certificateChain().getFirst());
        byte[] other = sha256(otherCertificate);
        boolean client = role == EndRole.CLIENT;
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        info.writeBytes(RESUME);
        info.writeBytes(client ? key : otherKey);
        info.writeBytes(client ? otherKey : key);
        info.writeBytes(client ? mine : other);
        info.writeBytes(client ? other : mine);
        return info.toByteArray();
    }

    private static byte[] sha256(X509Certificate certificate) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    }
}
