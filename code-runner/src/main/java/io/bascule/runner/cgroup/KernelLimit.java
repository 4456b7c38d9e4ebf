package io.bascule.runner.cgroup;

/** What the kernel keeps a group from having too much of. */
public enum KernelLimit {
    /** It has ended a process of the group, which had all that it may have. */
    MEMORY,
    /** It has ended a process of the group because a group around it, or the machine, had no more memory. */
    MEMORY_OF_OTHERS,
    /** It has refused another thread, since the group had as many as it may have. */
    THREADS,
    /** It has refused another thread because a group around it had as many as that may have. */
    THREADS_OF_OTHERS,
    /** It tells nothing any more. */
    UNTOLD
}
