package io.bascule.cli.api;

/** What a script can tell from the exit code. */
public final class ExitCode {

    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int NOT_ALLOWED = 3;
    public static final int NOT_FOUND = 4;
    public static final int CONFLICT = 5;
    public static final int TIMED_OUT = 124;

    private ExitCode() {}

    /** The exit code for a refusal with this HTTP status. */
    static int ofStatus(int status) {
        return switch (status) {
            case 401, 403 -> NOT_ALLOWED;
            case 404 -> NOT_FOUND;
            case 409, 412, 428 -> CONFLICT;
            case 408, 504 -> TIMED_OUT;
            default -> FAILED;
        };
    }
}
