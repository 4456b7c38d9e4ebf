package io.bascule.scaling;

import java.util.ArrayDeque;
import java.util.Deque;

/** The pods of a simulated service: each works some seconds after it was made; the youngest goes first. */
final class Fleet {

    private final Deque<Integer> readyAt = new ArrayDeque<>();
    private final int startSeconds;

    /** With pods that work already. */
    Fleet(int pods, int startSeconds) {
        this.startSeconds = startSeconds;
        for (int i = 0; i < pods; i++) {
            readyAt.addLast(0);
        }
    }

    int pods() {
        return readyAt.size();
    }

    int ready(int now) {
        return (int) readyAt.stream().filter(second -> second <= now).count();
    }

    void scale(int pods, int now) {
        while (readyAt.size() < pods) {
            readyAt.addLast(now + startSeconds);
        }
        while (readyAt.size() > pods) {
            readyAt.removeLast();
        }
    }
}
