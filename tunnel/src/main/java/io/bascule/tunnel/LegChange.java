package io.bascule.tunnel;

/**
 * Where an end stands between an earlier leg and the present one: what it has been told, and what it has yet to tell. An
 * end without an earlier leg has simply to say HELLO and to hear it.
 */
final class LegChange {

    private boolean helloDue;
    private boolean helloDueOnEarlier;
    private boolean changed;
    private boolean earlierDelivers;
    private boolean earlierTakes;
    private boolean receivedDue;
    private boolean receivedAwaited;
    private long sentBefore;

    /** The present leg was paired; an earlier one may still deliver, and takes frames if it was in use. */
    void begin(boolean earlier) {
        earlierTakes = earlier && changed;
        earlierDelivers = earlier;
        helloDueOnEarlier = earlier && helloDue;
        helloDue = true;
        changed = false;
        receivedDue = false;
    }

    /** Whether the other end's HELLO has come over the present leg: from then on everything goes over it. */
    boolean isChanged() {
        return changed;
    }

    boolean isHelloDue() {
        return helloDue;
    }

    /** HELLO is being sent; says whether it has to name an earlier leg. */
    boolean hello() {
        helloDue = false;
        return earlierDelivers;
    }

    /** Whether bytes go over the earlier leg as yet. */
    boolean isEarlierUsed() {
        return earlierTakes && earlierDelivers && !changed;
    }

    /**
     * The other end's HELLO has come.
     *
     * @param otherHasEarlier whether the other end says that its earlier leg delivers
     * @param sent how far this end has sent
     * @return whether what is unacknowledged has to be sent again now
     */
    boolean heard(boolean otherHasEarlier, long sent) {
        changed = true;
        receivedAwaited = otherHasEarlier;
        sentBefore = sent;
        return !otherHasEarlier;
    }

    /** The other end's HELLO has come only now over the earlier leg, before it came over the present one. */
    boolean heardOverEarlier(boolean otherHasEarlier, long sent) {
        if (earlierTakes || !earlierDelivers) {
            return false;
        }
        earlierTakes = true;
        receivedAwaited = otherHasEarlier;
        sentBefore = sent;
        return !otherHasEarlier;
    }

    /** Nothing more comes over the earlier leg; the other end has to be told if it was told that something might. */
    void earlierOver() {
        receivedDue |= earlierDelivers && !helloDue;
        earlierDelivers = false;
    }

    boolean isReceivedDue() {
        return receivedDue;
    }

    void receivedSent() {
        receivedDue = false;
    }

    /** The other end has everything below that which went over earlier legs; says whether it is to be sent again. */
    boolean otherReceived(long received) {
        boolean again = receivedAwaited && received < sentBefore;
        receivedAwaited = false;
        return again;
    }

    /** The present leg was lost before the change: the earlier one is the present one again. */
    void fallBack() {
        helloDue = helloDueOnEarlier;
        changed = earlierTakes;
        earlierDelivers = false;
        earlierTakes = false;
        receivedDue = false;
    }

    /** There is no leg any more. */
    void end() {
        earlierDelivers = false;
        earlierTakes = false;
        receivedDue = false;
        changed = false;
    }
}
