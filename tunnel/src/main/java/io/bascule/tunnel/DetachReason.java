package io.bascule.tunnel;

/**
 * Why an end leaves a bridge. Reasons that this version does not know are kept as they are.
 *
 * @param value 0 to 255, as on the wire
 */
public record DetachReason(int value) {

    /** The tunnel is finished or was reset. */
    public static final DetachReason ENDED = new DetachReason(0);

    /** The end goes on over another bridge. */
    public static final DetachReason MOVED = new DetachReason(1);

    public DetachReason {
        if (value < 0 || value > 0xff) {
            throw new IllegalArgumentException("detach reason: " + value + " (expected: 0 to 255)");
        }
    }
}
