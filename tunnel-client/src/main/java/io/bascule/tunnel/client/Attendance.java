package io.bascule.tunnel.client;

/**
 * Whether the other end is known to have left the tunnel, so that it need be told nothing more. A leg that ends in order says so
 * only if the other end had come to it and the bridge had not asked to go on elsewhere: a bridge also ends in order the legs of a
 * pairing to which nobody came, and those that it lets go when it stops. Not thread-safe.
 */
final class Attendance {

    private boolean here;
    private boolean onEarlier;
    private boolean left;

    /** There is a new leg, to which the other end has yet to come. */
    void paired() {
        onEarlier = here;
        here = false;
        left = false;
    }

    /** The other end was heard on the present leg. */
    void came() {
        here = true;
    }

    /** The earlier leg is the present one again. */
    void fellBack() {
        here = onEarlier;
    }

    /** The present leg is over. */
    void legEnded(boolean inOrder) {
        left |= inOrder && here;
    }

    /** The bridge says so. */
    void isGone() {
        left = true;
    }

    boolean hasLeft() {
        return left;
    }
}
