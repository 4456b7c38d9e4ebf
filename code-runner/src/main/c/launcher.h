/* What the launcher tells each job's process. See launcher.c for how the program is used. */
#ifndef BASCULE_LAUNCHER_H
#define BASCULE_LAUNCHER_H

#include "sandbox.h"

#include <stdint.h>
#include <sys/types.h>

enum { MAX_ARGUMENTS = 32 };

struct settings {
    const char *socket_path;
    const char *jobs;
    const char *runtime; /* the program to become; NULL when the caller's own interpreter is the runtime */
    struct allowed_paths paths;
    struct resource_limits limits;
    char *arguments[MAX_ARGUMENTS + 3]; /* the program's name, one argument of the job, then the fixed ones */
    int abi;
    pid_t launcher;
};

extern struct settings settings;

/*
 * Confines this process, the forked one of a job. With a program to become it does not return; without one it returns
 * once everything is in force, and the interpreter that called the launcher goes on as the job's runtime.
 */
void become_runtime(uint64_t id, const char *directory, const char *argument, int status);

/*
 * The launcher itself. Returns its exit code when its input has ended, or RUNTIME in the process of a job whose runtime
 * is the caller's own interpreter. Processes are made by the given function, which may have more to do than fork().
 */
enum { RUNTIME = -1 };
int sandbox_launcher(int count, char **arguments, pid_t (*make_process)(void));

#endif
