package io.bascule.functions;

import org.jspecify.annotations.Nullable;

/** One runner: where it listens. */
record RunnerAddress(String host, int port) {

    /** Reads {@code host:port}. */
    static RunnerAddress parse(String target) {
        int colon = target.lastIndexOf(':');
        try {
            if (colon > 0) {
                return new RunnerAddress(
                        target.substring(0, colon), Integer.parseInt(target, colon + 1, target.length(), 10));
            }
        } catch (NumberFormatException notANumber) {
            throw invalid(target, notANumber);
        }
        throw invalid(target, null);
    }

    private static IllegalArgumentException invalid(String target, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "bascule.runner.targets: %s (expected: host:port)".formatted(target), cause);
    }

    @Override
    public String toString() {
        return (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
    }
}
