/*
 * Starts, signals and buries the processes of jobs for one runner. It has one thread, because a parent-death signal
 * follows the thread that made the child, and it ends with all its children when its standard input does.
 *
 *   sandbox-launcher --level
 *   sandbox-launcher SOCKET JOBS RUNTIME [--read FILE]… [--read-tree DIRECTORY]… [--execute FILE]… [--cpu-seconds N]
 *                    [--file-bytes N] [--open-files N] -- ARGUMENT…
 *
 * RUNTIME is the program that a job's process becomes with ARGUMENT as its first argument; or "-" for an interpreter
 * that has this loaded as a library: its forks go on as jobs, and ARGUMENT is how many bytes of data each may have.
 *
 * Requests, one a line on standard input:   start ID ARGUMENT | signal ID NUMBER
 * Reports, one a line on standard output:   level ABI UID PAGE_BYTES TICKS_PER_SECOND
 *                                           started ID PID | refused ID REASON
 *                                           ended ID exit|signal NUMBER USER_US SYSTEM_US PEAK_KIB
 *
 * A job's process connects three times to SOCKET before it is confined and says who it is: its id as 16 hexadecimal
 * digits and 'c' for the channel (descriptor 3), 'e' for egress (descriptor 4) or 'o' for its standard output and error.
 * Its directory is JOBS/ID.
 */
#define _GNU_SOURCE
#include "launcher.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_JOBS = 256, LINE_BYTES = 512, HIGH_FD = 100 };

struct settings settings = {.limits = {.cpu_seconds = 3600, .file_bytes = 64 << 20, .open_files = 256}};

static pid_t (*make_process)(void);
static int is_runtime; /* in a job's process, when the caller's interpreter goes on as its runtime */

static struct job {
    uint64_t id;
    pid_t pid;
} jobs[MAX_JOBS];

static void die(const char *what) {
    fprintf(stderr, "sandbox-launcher: %s: %s\n", what, strerror(errno));
    exit(70);
}

/* ---- in the launcher ---- */

static struct job *job_with(uint64_t id) {
    for (size_t i = 0; i < MAX_JOBS; i++)
        if (jobs[i].pid != 0 && jobs[i].id == id) return &jobs[i];
    return NULL;
}

static struct job *free_slot(void) {
    for (size_t i = 0; i < MAX_JOBS; i++)
        if (jobs[i].pid == 0) return &jobs[i];
    return NULL;
}

static void refuse_start(uint64_t id, const char *reason) {
    printf("refused %" PRIu64 " %s\n", id, reason);
}

/* Until the runtime has been started or the child has said why not. */
static int await_start(int status, char *reason, size_t size) {
    size_t length = 0;
    ssize_t got;
    while (length < size - 1 && (got = read(status, reason + length, size - 1 - length)) > 0) length += (size_t) got;
    reason[length] = 0;
    return length == 0 ? 0 : -1;
}

static int make_directory(const char *directory) {
    if (mkdir(directory, 0700) != 0) return -1;
    return geteuid() == 0 ? chown(directory, NOBODY, NOBODY) : 0;
}

static void start(uint64_t id, char *argument) {
    char directory[4096];
    char reason[LINE_BYTES];
    int status[2];
    struct job *slot = free_slot();
    snprintf(directory, sizeof directory, "%s/%" PRIu64, settings.jobs, id);
    if (slot == NULL || job_with(id) != NULL) return refuse_start(id, "too many jobs, or a known id");
    if (make_directory(directory) != 0) return refuse_start(id, "the directory of the job cannot be made");
    if (pipe2(status, O_CLOEXEC) != 0) return refuse_start(id, "no pipe");
    settings.arguments[1] = argument;
    pid_t pid = make_process();
    if (pid == 0) {
        close(status[0]);
        become_runtime(id, directory, argument, status[1]);
        is_runtime = 1;
        return;
    }
    close(status[1]);
    if (pid < 0) {
        refuse_start(id, "no process");
    } else if (await_start(status[0], reason, sizeof reason) != 0) {
        waitpid(pid, NULL, 0);
        refuse_start(id, reason);
    } else {
        *slot = (struct job) {.id = id, .pid = pid};
        printf("started %" PRIu64 " %d\n", id, pid);
    }
    close(status[0]);
}

static void send_signal(uint64_t id, int number) {
    struct job *job = job_with(id);
    if (job != NULL && kill(-job->pid, number) != 0) kill(job->pid, number);
}

static void handle(char *line) {
    uint64_t id;
    int number;
    int offset = 0;
    if (sscanf(line, "start %" SCNu64 " %n", &id, &offset) == 1 && offset > 0) start(id, line + offset);
    else if (sscanf(line, "signal %" SCNu64 " %d", &id, &number) == 2) send_signal(id, number);
    else fprintf(stderr, "sandbox-launcher: unknown request: %s\n", line);
    if (!is_runtime) fflush(stdout);
}

/* Whatever is left of a job's group ends and is reaped before the job counts as ended. */
static void bury(struct job *job) {
    int status;
    struct rusage used;
    kill(-job->pid, SIGKILL);
    if (wait4(job->pid, &status, 0, &used) != job->pid) die("wait4");
    while (waitpid(-job->pid, NULL, 0) > 0) {}
    int by_signal = WIFSIGNALED(status);
    printf("ended %" PRIu64 " %s %d %" PRIu64 " %" PRIu64 " %ld\n", job->id, by_signal ? "signal" : "exit",
            by_signal ? WTERMSIG(status) : WEXITSTATUS(status),
            (uint64_t) used.ru_utime.tv_sec * 1000000 + (uint64_t) used.ru_utime.tv_usec,
            (uint64_t) used.ru_stime.tv_sec * 1000000 + (uint64_t) used.ru_stime.tv_usec, used.ru_maxrss);
    fflush(stdout);
    *job = (struct job) {0};
}

/* A job's leader stays unreaped until its group has been killed, so that the group's number cannot be another's. */
static void reap(void) {
    for (;;) {
        siginfo_t ended = {0};
        if (waitid(P_ALL, 0, &ended, WEXITED | WNOHANG | WNOWAIT) != 0 || ended.si_pid == 0) return;
        struct job *job = NULL;
        for (size_t i = 0; i < MAX_JOBS; i++)
            if (jobs[i].pid == ended.si_pid) job = &jobs[i];
        if (job != NULL) bury(job);
        else waitpid(ended.si_pid, NULL, 0); /* a descendant that was left to us */
    }
}

static int end_all(void) {
    for (size_t i = 0; i < MAX_JOBS; i++)
        if (jobs[i].pid != 0) kill(-jobs[i].pid, SIGKILL);
    while (wait(NULL) > 0) {}
    return 0;
}

static int serve(int children) {
    static char buffer[LINE_BYTES * 8];
    size_t filled = 0;
    struct pollfd sources[] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = children, .events = POLLIN}};
    for (;;) {
        if (poll(sources, 2, -1) < 0 && errno != EINTR) die("poll");
        if (sources[1].revents) {
            struct signalfd_siginfo ignored;
            if (read(children, &ignored, sizeof ignored) > 0) reap();
        }
        if (!sources[0].revents) continue;
        ssize_t got = read(STDIN_FILENO, buffer + filled, sizeof buffer - 1 - filled);
        if (got <= 0) return end_all();
        filled += (size_t) got;
        buffer[filled] = 0;
        char *begin = buffer;
        for (char *end; (end = strchr(begin, '\n')) != NULL; begin = end + 1) {
            *end = 0;
            handle(begin);
            if (is_runtime) return RUNTIME;
        }
        filled = strlen(begin);
        if (filled >= LINE_BYTES) die("a request is too long");
        memmove(buffer, begin, filled + 1);
    }
}

static void add_path(int *paths, size_t *count, const char *path) {
    if (*count == MAX_PATHS) die("too many paths");
    int fd = open(path, O_PATH | O_CLOEXEC);
    int moved = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, HIGH_FD);
    if (moved < 0) die(path);
    close(fd);
    paths[(*count)++] = moved;
}

static void read_option(const char *option, const char *value) {
    struct allowed_paths *paths = &settings.paths;
    if (strcmp(option, "--read") == 0) add_path(paths->readable, &paths->readable_count, value);
    else if (strcmp(option, "--read-tree") == 0) add_path(paths->trees, &paths->tree_count, value);
    else if (strcmp(option, "--execute") == 0) add_path(paths->executable, &paths->executable_count, value);
    else if (strcmp(option, "--cpu-seconds") == 0) settings.limits.cpu_seconds = strtoull(value, NULL, 10);
    else if (strcmp(option, "--file-bytes") == 0) settings.limits.file_bytes = strtoull(value, NULL, 10);
    else if (strcmp(option, "--open-files") == 0) settings.limits.open_files = strtoull(value, NULL, 10);
    else errno = EINVAL, die(option);
}

static void read_arguments(int count, char **arguments) {
    errno = EINVAL;
    if (count < 4) die("usage: sandbox-launcher SOCKET JOBS RUNTIME [OPTION VALUE]… -- ARGUMENT…");
    settings.socket_path = arguments[1];
    settings.jobs = arguments[2];
    if (strcmp(arguments[3], "-") != 0) settings.runtime = arguments[3];
    int next = 4;
    for (; next + 1 < count && strcmp(arguments[next], "--") != 0; next += 2)
        read_option(arguments[next], arguments[next + 1]);
    if (settings.runtime != NULL) add_path(settings.paths.executable, &settings.paths.executable_count, settings.runtime);
    add_path(settings.paths.readable, &settings.paths.readable_count, "/dev/null");
    add_path(settings.paths.readable, &settings.paths.readable_count, "/dev/urandom");
    settings.arguments[0] = arguments[3];
    for (int i = 2; ++next < count; i++) {
        if (i == MAX_ARGUMENTS + 2) die("too many arguments");
        settings.arguments[i] = arguments[next];
    }
}

int sandbox_launcher(int count, char **arguments, pid_t (*process_maker)(void)) {
    make_process = process_maker;
    settings.abi = landlock_abi();
    settings.launcher = getpid();
    printf("level %d %u %ld %ld\n", settings.abi, geteuid() == 0 ? NOBODY : geteuid(), sysconf(_SC_PAGESIZE),
            sysconf(_SC_CLK_TCK));
    fflush(stdout);
    if (count == 2 && strcmp(arguments[1], "--level") == 0) return 0;
    if (settings.abi == 0) return 69;
    read_arguments(count, arguments);

    /* A terminal's Ctrl-C is meant for the runner, which drains first: only the end of the input ends this process. */
    sigset_t children;
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    if (setpgid(0, 0) != 0 && errno != EPERM) die("setpgid");
    if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0) die("prctl");
    if (sigprocmask(SIG_BLOCK, &children, NULL) != 0) die("sigprocmask");
    int child_signals = signalfd(-1, &children, SFD_CLOEXEC);
    if (child_signals < 0) die("signalfd");
    return serve(child_signals);
}
