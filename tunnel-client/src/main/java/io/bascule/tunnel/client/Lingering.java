package io.bascule.tunnel.client;

import java.util.LinkedHashSet;
import java.util.Optional;

/**
 * Ends that linger, no more than a bound at a time. For one more the one that has lingered longest leaves: whoever missed its last
 * word has most likely asked for it by then, since the loss of a leg is noticed soon, and an agent end cannot know that nobody will.
 * Safe for use by many threads.
 */
final class Lingering {

    private final int bound;
    private final LinkedHashSet<LastWord> inOrder = new LinkedHashSet<>();

    Lingering(int bound) {
        this.bound = bound;
    }

    void enter(LastWord one) {
        add(one).ifPresent(LastWord::dismiss);
    }

    synchronized void leave(LastWord one) {
        inOrder.remove(one);
    }

    /** Says which one is too many now. */
    private synchronized Optional<LastWord> add(LastWord one) {
        inOrder.add(one);
        return inOrder.size() > bound ? Optional.of(inOrder.removeFirst()) : Optional.empty();
    }
}
