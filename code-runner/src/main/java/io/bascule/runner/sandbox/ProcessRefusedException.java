package io.bascule.runner.sandbox;

/** No process could be started now; the next attempt may succeed. */
public class ProcessRefusedException extends RuntimeException {

    public ProcessRefusedException(String reason) {
        super(reason);
    }

    ProcessRefusedException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
