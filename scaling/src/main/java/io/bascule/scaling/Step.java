package io.bascule.scaling;

/** How far the number of pods may go within some seconds: one policy of a scaling rule. */
public sealed interface Step {

    /** In seconds: changes of that long are taken together. */
    int each();

    /** The highest number that may be reached from where the period began. */
    int highest(int atStart);

    /** The lowest one. */
    int lowest(int atStart);

    /** By so many per cent of what there was. */
    record Percent(int percent, int each) implements Step {

        @Override
        public int highest(int atStart) {
            return (int) Math.ceil(atStart * (1 + percent / 100.0));
        }

        /** Rounded as the HPA does: a part of a pod goes, too. */
        @Override
        public int lowest(int atStart) {
            return (int) (atStart * (1 - percent / 100.0));
        }
    }

    /** By so many pods. */
    record Pods(int pods, int each) implements Step {

        @Override
        public int highest(int atStart) {
            return atStart + pods;
        }

        @Override
        public int lowest(int atStart) {
            return atStart - pods;
        }
    }
}
