package io.bascule.runner.egress;

/** The exchange is not made; the function is told the code and the reason. */
final class EgressRefusedException extends Exception {

    private final String code;

    EgressRefusedException(String code, String reason) {
        super(reason);
        this.code = code;
    }

    /** A stable word that code can compare. */
    String code() {
        return code;
    }
}
