package io.bascule.runner.cgroup;

/** How much a group may have: bytes of memory without any swap, and threads of all its processes. */
public record GroupLimits(long memoryBytes, int threads) {}
