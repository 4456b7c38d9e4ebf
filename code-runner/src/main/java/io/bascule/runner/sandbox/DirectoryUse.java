package io.bascule.runner.sandbox;

/** What lies in a directory; both are lower bounds when the counting stopped early. */
public record DirectoryUse(int files, long bytes) {}
