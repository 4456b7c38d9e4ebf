package io.bascule.api.scaling.replicas;

import io.bascule.scaling.Decision.Hold;
import io.bascule.scaling.PodRange;

/** Why the desired number of pods is what it is, in words. */
final class Reason {

    private Reason() {}

    /**
     * What follows "12 pods are asked for".
     *
     * @param desired what came of it
     */
    static String of(Hold hold, int wanted, int desired, PodRange range) {
        return switch (hold) {
            case NOTHING -> "as many as are asked for";
            case WINDOW ->
                "%s asked for; the window holds another number, which was wanted lately".formatted(are(wanted));
            case STEPS ->
                "%s asked for; no more may %s at once".formatted(are(wanted), wanted > desired ? "come" : "go");
            case MOST -> "%s asked for; %s the most".formatted(are(wanted), are(range.max()));
            case LEAST -> "%s asked for; %s the least".formatted(are(wanted), are(range.min()));
            case BLINDNESS -> "no signal is seen";
        };
    }

    private static String are(int pods) {
        return pods == 1 ? "1 is" : pods + " are";
    }
}
