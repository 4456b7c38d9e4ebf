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
    private boolean receivedOwed;
    private boolean receivedOwedOnEarlier;
    private boolean receivedAwaited;
    private long sentBefore;

    /** The present leg was paired; an earlier one may still deliver, and takes frames if it was in use. */
    void begin(boolean earlier) {
        earlierTakes = earlier && changed;
        earlierDelivers = earlier;
        helloDueOnEarlier = earlier && helloDue;
        receivedOwedOnEarlier = earlier && receivedOwed;
        helloDue = true;
        receivedOwed = earlier;
        changed = false;
    }

    /** Whether the other end's HELLO has come over the present leg: from then on everything goes over it. */
    boolean isChanged() {
        return changed;
    }

    boolean isHelloDue() {
        return helloDue;
    }

    /**
     * HELLO is being sent; says whether it has to name an earlier leg. It names one that is over by now as well: HELLO states
     * what was delivered, and only RECEIVED, which follows at once then, that more has arrived and is not to be sent again.
     */
    boolean hello() {
        helloDue = false;
        return receivedOwed;
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

    /** Nothing more comes over the earlier leg. */
    void earlierOver() {
        earlierDelivers = false;
    }

    /** Whether the other end is to be told, after HELLO named an earlier leg, that nothing more comes over that one. */
    boolean isReceivedDue() {
        return receivedOwed && !earlierDelivers && !helloDue;
    }

    void receivedSent() {
        receivedOwed = false;
    }

    /** The other end has everything below that which went over earlier legs; says whether it is to be sent again. */
    boolean otherReceived(long received) {
        boolean again = receivedAwaited && received < sentBefore;
        receivedAwaited = false;
        return again;
    }

    /** The present leg was lost before the change: the earlier one is the present one again, with what is owed over it. */
    void fallBack() {
        helloDue = helloDueOnEarlier;
        receivedOwed = receivedOwedOnEarlier;
        changed = earlierTakes;
        earlierDelivers = false;
        earlierTakes = false;
    }

    /** There is no leg any more. */
    void end() {
        earlierDelivers = false;
        earlierTakes = false;
        receivedOwed = false;
        changed = false;
    }
}
