/* What the launcher tells each job's process. See launcher.c for how the program is used. */
#ifndef BASCULE_LAUNCHER_H
#define BASCULE_LAUNCHER_H

#include "namespaces.h"

#include <stdint.h>
#include <sys/types.h>

enum { MAX_ARGUMENTS = 32, MAX_CGROUPS = 2 };

struct settings {
    const char *socket_path;
    const char *jobs;
    const char *runtime; /* the program to become; NULL when the caller's own interpreter is the runtime */
    struct allowed_paths paths;
    struct resource_limits limits;
    struct view view;
    const char *cgroups[MAX_CGROUPS]; /* in each of which a job has a group that is named by its id */
    size_t cgroup_count;
    char *arguments[MAX_ARGUMENTS + 3]; /* the program's name, one argument of the job, then the fixed ones */
    int abi;
};

extern struct settings settings;

/* What is asked for. */
struct start {
    uint64_t id;
    const char *directory; /* of the job, where it has none of its own */
    char *argument;
    const char *bundle; /* a directory that it may read besides; NULL when there is none */
    int grouped; /* whether it enters its control groups, where jobs have any */
};

/* A job waits for a byte from the launcher, and knows that the launcher lives as long as this does not end. */
struct lifeline {
    int job;
    int launcher;
};

/*
 * Confines this process, the forked one of a job. With a program to become it does not return; without one it returns
 * once everything is in force, and the interpreter that called the launcher goes on as the job's runtime. Failures are
 * written to status; own is the file system of a job that has one, which takes the place of the directory.
 */
void become_runtime(const struct start *start, int status, int own, struct lifeline lifeline);

/*
 * The launcher itself. Returns its exit code when its input has ended, or RUNTIME in the process of a job whose runtime
 * is the caller's own interpreter. Processes are made by the given function, which may have more to do than fork().
 */
enum { RUNTIME = -1 };
int sandbox_launcher(int count, char **arguments, pid_t (*make_process)(void));

#endif
