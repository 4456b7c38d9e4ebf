package io.bascule.tunnel;

/**
 * The memory that the tunnels of one process share for windows above their first. While all that is wanted fits, everyone
 * gets it; otherwise nobody gets more than an equal part, so that a newcomer's part comes from those who have most. What
 * is granted never exceeds the total. Safe for use by many threads.
 */
public final class WindowPool {

    /** Windows stay as they begin. */
    public static final WindowPool NONE = new WindowPool(0);

    private final long total;
    private long wanted;
    private int claimants;
    private volatile long most;

    /** @param total bytes that are granted at most */
    public WindowPool(long total) {
        if (total < 0) {
            throw new IllegalArgumentException("total: " + total + " (expected: >= 0)");
        }
        this.total = total;
        this.most = total;
    }

    /** A part of the pool, for one direction of one tunnel; nothing is wanted at first. */
    Claim claim() {
        return new Claim();
    }

    private synchronized void change(long before, long after) {
        wanted += after - before;
        claimants += Long.signum(after) - Long.signum(before);
        most = wanted <= total ? total : total / claimants;
    }

    /** What one direction of one tunnel wants of the pool. Its owner alone changes it. */
    final class Claim {

        private long wants;

        /** From now on so many bytes are wanted; 0 gives all back. */
        void want(long bytes) {
            if (bytes != wants) {
                change(wants, bytes);
                wants = bytes;
            }
        }

        long wants() {
            return wants;
        }

        /** How many of them are granted for now. */
        long granted() {
            return Math.min(wants, most);
        }
    }
}
