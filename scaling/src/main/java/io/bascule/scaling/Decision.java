package io.bascule.scaling;

/**
 * What an autoscaler decided.
 *
 * @param pods that there should be from now on
 * @param wanted by the reading that asked for most, before anything held it
 */
public record Decision(int pods, int wanted, Hold hold) {

    /** What kept the number of pods from being the wanted one. */
    public enum Hold {
        /** It is the wanted one. */
        NOTHING,
        /** Another number was wanted within the stabilisation window. */
        WINDOW,
        /** The steps allow no more at once. */
        STEPS,
        /** There may be no more. */
        MOST,
        /** There may be no fewer. */
        LEAST,
        /** There was no reading. */
        BLINDNESS
    }
}
