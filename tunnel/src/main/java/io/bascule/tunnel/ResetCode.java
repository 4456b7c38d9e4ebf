package io.bascule.tunnel;

/**
 * Why a tunnel was ended before its bytes were through. Codes that this version does not know are kept as they are.
 *
 * @param value 0 to 255, as on the wire
 */
public record ResetCode(int value) {

    /** Its owner closed it. */
    public static final ResetCode CLOSED = new ResetCode(0);

    /** One side did not keep to the protocol. */
    public static final ResetCode PROTOCOL_ERROR = new ResetCode(1);

    /** The target's name does not resolve. */
    public static final ResetCode TARGET_NOT_FOUND = new ResetCode(2);

    /** Nobody listens at the target. */
    public static final ResetCode TARGET_REFUSED = new ResetCode(3);

    /** The target does not answer. */
    public static final ResetCode TARGET_UNREACHABLE = new ResetCode(4);

    /** The target, or the program at the client end, reset its connection. */
    public static final ResetCode TARGET_RESET = new ResetCode(5);

    /** An administrator closed it or withdrew the right to it. */
    public static final ResetCode REVOKED = new ResetCode(6);

    /** The agent is not connected to the bridge. */
    public static final ResetCode AGENT_NOT_CONNECTED = new ResetCode(7);

    /** One end was without a leg for too long. */
    public static final ResetCode DETACHED_TOO_LONG = new ResetCode(8);

    /** A fault in one of the parts. */
    public static final ResetCode INTERNAL_ERROR = new ResetCode(9);

    public ResetCode {
        if (value < 0 || value > 0xff) {
            throw new IllegalArgumentException("reset code: " + value + " (expected: 0 to 255)");
        }
    }
}
