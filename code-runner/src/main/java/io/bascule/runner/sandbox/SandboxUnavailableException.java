package io.bascule.runner.sandbox;

/** This machine cannot confine code as demanded, so none is run. The message says what is missing and what to do. */
public class SandboxUnavailableException extends RuntimeException {

    private final String remedy;

    SandboxUnavailableException(String missing, String remedy) {
        super(missing);
        this.remedy = remedy;
    }

    SandboxUnavailableException(String missing, String remedy, Throwable cause) {
        super(missing, cause);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
