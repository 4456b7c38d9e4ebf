package io.bascule.scaling;

/**
 * What a service does.
 *
 * @param jobSeconds how long a job takes in a slot of its own, more than 0
 * @param slots jobs that a pod runs at once, at least 1
 * @param startSeconds from when a pod is made until it works
 */
public record Work(double jobSeconds, int slots, int startSeconds) {

    public Work {
        if (!(jobSeconds > 0)) {
            throw new IllegalArgumentException("a job of %s s (expected: more than 0)".formatted(jobSeconds));
        }
        if (slots < 1) {
            throw new IllegalArgumentException("%d slots (expected: 1 or more)".formatted(slots));
        }
        if (startSeconds < 0) {
            throw new IllegalArgumentException("a start of %d s (expected: 0 or more)".formatted(startSeconds));
        }
    }

    /** How many jobs some pods end in a second when there are enough. */
    double perSecond(int pods) {
        return pods * slots / jobSeconds;
    }
}
