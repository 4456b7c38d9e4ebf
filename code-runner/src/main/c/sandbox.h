/* What a job's process gives up before it becomes the runtime. See docs/protocol/runner.md, "Confinement". */
#ifndef BASCULE_SANDBOX_H
#define BASCULE_SANDBOX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
    CHANNEL_FD = 3, /* messages to and from the runner */
    EGRESS_FD = 4,  /* requests that the runner makes for the job, where its policy permits them */
    STATUS_FD = 5,  /* close-on-exec: carries the reason when the runtime could not be started */
    RUNTIME_FD = 6, /* close-on-exec: the runtime's program, opened before privileges were dropped */
    HIGH_FD = 100, /* and above: out of the way of these */
    NOBODY = 65534,
    MAX_PATHS = 64
};

/* Files that the runtime may read or execute, opened with O_PATH by the launcher. */
struct allowed_paths {
    int readable[MAX_PATHS];
    size_t readable_count;
    int trees[MAX_PATHS]; /* directories with all that is in them, which may be listed too */
    size_t tree_count;
    int executable[MAX_PATHS];
    size_t executable_count;
};

struct resource_limits {
    uint64_t cpu_seconds;
    uint64_t file_bytes;
    uint64_t open_files;
    uint64_t data_bytes; /* 0: no limit. Only for runtimes that bear one: Node does not */
};

/* The kernel's Landlock ABI, 0 when Landlock is absent or switched off. */
int landlock_abi(void);

/* Each returns 0, or -1 with errno and *what naming the step that failed. */
int set_resource_limits(const struct resource_limits *limits, const char **what);
int drop_privileges(const char **what);
/* own is the directory that the process may write in; bundle one that it may read and list besides, or NULL. */
int confine_files(int abi, const struct allowed_paths *paths, const char *own, const char *bundle, const char **what);

/*
 * Installs the system call filter. Execution stays possible only through execveat with exactly this path pointer: the
 * caller picks it at random, the address space it points into ends with that call, and nothing tells it to the runtime.
 * With NULL no execution is possible.
 */
int filter_system_calls(const char *exec_path_pointer, const char **what);

#endif
