package io.bascule.runner.sandbox;

/** A process did not get into its control groups, and is not there. */
final class UngroupedException extends ProcessRefusedException {

    /** As {@code child.c} says it. */
    private static final String REASON = "entering the control group";

    private UngroupedException(String reason) {
        super(reason);
    }

    /** That, or another refusal, for the launcher's reason. */
    static ProcessRefusedException refusal(String reason) {
        return reason.startsWith(REASON) ? new UngroupedException(reason) : new ProcessRefusedException(reason);
    }
}
