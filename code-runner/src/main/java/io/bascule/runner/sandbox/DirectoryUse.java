package io.bascule.runner.sandbox;

/** What lies in a directory; both are lower bounds when the counting stopped early. */
public record DirectoryUse(int files, long bytes) {

    /** Of a directory that is empty, or that cannot be looked at. */
    static final DirectoryUse NONE = new DirectoryUse(0, 0);
}
