package io.bascule.scaling;

/** How few and how many pods there may be. */
public record PodRange(int min, int max) {

    public PodRange {
        if (min < 1 || max < min) {
            throw new IllegalArgumentException(
                    "pods: %d to %d (expected: 1 or more, and not fewer at most)".formatted(min, max));
        }
    }
}
