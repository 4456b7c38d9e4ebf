package io.bascule.tunnel;

import java.util.UUID;

/**
 * What travels on a leg, one frame a message; {@code docs/protocol/tunnel.md} says what each means and
 * {@link FrameCodec} how it is written. Offsets and limits count the bytes of one direction from the start of the tunnel
 * and are never negative.
 */
public sealed interface Frame {

    /** The version of the protocol that this code speaks. */
    int VERSION = 1;

    /** The most bytes one DATA frame carries. */
    int MAX_PAYLOAD = 65_536;

    /** The most bytes one message on a leg has. */
    int MAX_LENGTH = MAX_PAYLOAD + 32;

    /** The length of nonces, keys and proofs. */
    int PROOF_LENGTH = 32;

    /** Between an end and its bridge; never forwarded. */
    sealed interface WithBridge extends Frame {}

    /** Between the ends; a bridge forwards these as they are, and may send a {@link Reset} of its own. */
    sealed interface BetweenEnds extends Frame {}

    /** Between the ends, before they have proved to each other who they are. */
    sealed interface OfProof extends Frame {}

    /** An end asks its bridge to be paired with the other end. The ticket is secret and left out of {@code toString}. */
    record Attach(int version, EndRole end, UUID tunnel, long epoch, String ticket) implements WithBridge {
        public Attach {
            requireUnsigned(epoch, 32, "epoch");
        }

        @Override
        public String toString() {
            return "Attach[version=" + version + ", end=" + end + ", tunnel=" + tunnel + ", epoch=" + epoch + "]";
        }
    }

    /** The bridge's answer; with BUSY it says after how long to try again, and with any refusal why. */
    record Attached(AttachStatus status, long epoch, long retryAfterMillis, String text) implements WithBridge {
        public Attached {
            requireUnsigned(epoch, 32, "epoch");
            requireUnsigned(retryAfterMillis, 32, "retryAfterMillis");
        }
    }

    /** The other end's leg at this bridge is gone. */
    record PeerLost() implements WithBridge {}

    /** The bridge is to stop: go on over the named bridge, or over any if none is named, before the time is over. */
    record Migrate(long timeLeftMillis, String bridge) implements WithBridge {
        public Migrate {
            requireUnsigned(timeLeftMillis, 32, "timeLeftMillis");
        }
    }

    /** The client end tells its new bridge for how long it had no leg, and whether MIGRATE was why it came. */
    record Resumed(boolean planned, long stallMicros) implements WithBridge {
        public Resumed {
            requireUnsigned(stallMicros, 32, "stallMicros");
        }
    }

    /** An end leaves this bridge. */
    record Detach(DetachReason reason) implements WithBridge {}

    /** Who an end is: fresh random bytes, its public key for this tunnel, its certificates and its signature of that key. */
    record Introduce(Bytes nonce, Bytes key, Bytes certificates, Bytes signature) implements OfProof {
        public Introduce {
            requireLength(nonce, "nonce");
            requireLength(key, "key");
            requireShort(certificates, "certificates");
            requireShort(signature, "signature");
        }

        private static void requireShort(Bytes value, String name) {
            if (value.length() > FrameCodec.MAX_TEXT) {
                throw new IllegalArgumentException(
                        name + ": " + value.length() + " bytes (expected: at most " + FrameCodec.MAX_TEXT + ")");
            }
        }
    }

    /** That an end has the secret which only the two ends of the tunnel have. */
    record Prove(Bytes proof) implements OfProof {
        public Prove {
            requireLength(proof, "proof");
        }
    }

    /**
     * First frame of each end that has checked the other's proof: from where to replay and how far to go.
     *
     * @param earlier whether this end had an earlier leg when this one was paired: nothing is to be replayed until RECEIVED
     */
    record Hello(long rxOffset, long rxLimit, boolean earlier) implements BetweenEnds {
        public Hello {
            requireWindow(rxOffset, rxLimit);
        }

        /** Of an end that has no other leg. */
        public Hello(long rxOffset, long rxLimit) {
            this(rxOffset, rxLimit, false);
        }
    }

    /** Nothing more comes over an earlier leg; below {@code received} everything has come. */
    record Received(long received, long rxOffset, long rxLimit) implements BetweenEnds {
        public Received {
            requireOffset(received, "received");
            requireWindow(rxOffset, rxLimit);
        }
    }

    /** Bytes of the stream from an offset on, and an acknowledgement of the other direction. */
    record Data(long offset, long rxOffset, long rxLimit, Bytes bytes) implements BetweenEnds {
        public Data {
            requireOffset(offset, "offset");
            requireWindow(rxOffset, rxLimit);
            if (bytes.length() < 1 || bytes.length() > MAX_PAYLOAD) {
                throw new IllegalArgumentException(
                        "bytes: " + bytes.length() + " (expected: 1 to " + MAX_PAYLOAD + ")");
            }
        }
    }

    /** What has been delivered, and how far the other end may go. */
    record Ack(long rxOffset, long rxLimit) implements BetweenEnds {
        public Ack {
            requireWindow(rxOffset, rxLimit);
        }
    }

    /** No byte at or past this offset will come. */
    record Fin(long finalOffset) implements BetweenEnds {
        public Fin {
            requireOffset(finalOffset, "finalOffset");
        }
    }

    /** Both directions end at once. */
    record Reset(ResetCode code, String text) implements BetweenEnds {}

    /** Asks the other end for a {@link Pong} with the same token. */
    record Ping(long token) implements BetweenEnds {}

    /** Answers a {@link Ping}. */
    record Pong(long token) implements BetweenEnds {}

    private static void requireLength(Bytes value, String name) {
        if (value.length() != PROOF_LENGTH) {
            throw new IllegalArgumentException(
                    name + ": " + value.length() + " bytes (expected: " + PROOF_LENGTH + ")");
        }
    }

    private static void requireOffset(long value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": " + Long.toUnsignedString(value) + " (expected: < 2^63)");
        }
    }

    private static void requireWindow(long rxOffset, long rxLimit) {
        requireOffset(rxOffset, "rxOffset");
        if (rxLimit < rxOffset) {
            throw new IllegalArgumentException("rxLimit: " + rxLimit + " (expected: >= rxOffset " + rxOffset + ")");
        }
    }

    private static void requireUnsigned(long value, int bits, String name) {
        if (value < 0 || value >>> bits != 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0 to 2^" + bits + " - 1)");
        }
    }
}
