package io.bascule.runner.sandbox;

/**
 * The memory that a process may use, its runtime included.
 *
 * @param mebibytes at least 96: less does not hold a runtime
 */
public record MemorySize(int mebibytes) {

    /** What Node itself takes beside its heap. */
    private static final int RUNTIME_MEBIBYTES = 64;

    public static final int SMALLEST_MEBIBYTES = 96;

    public MemorySize {
        if (mebibytes < SMALLEST_MEBIBYTES) {
            throw new IllegalArgumentException(
                    "memory: %d MiB (expected: >= %d)".formatted(mebibytes, SMALLEST_MEBIBYTES));
        }
    }

    /** What is left for objects, so that the runtime meets its own limit before the process meets this one. */
    int heapMebibytes() {
        return mebibytes - RUNTIME_MEBIBYTES;
    }

    /** A bound that the kernel keeps, a little above what the watchdog permits, so that no burst goes far beyond that. */
    long dataBytes() {
        return bytes() + 32L * 1024 * 1024;
    }

    public long bytes() {
        return mebibytes * 1024L * 1024;
    }
}
