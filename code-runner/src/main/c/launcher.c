/*
 * Starts, signals and buries the processes of jobs for one runner. It has one thread, because a parent-death signal
 * follows the thread that made the child, and it ends with all its children when its standard input does.
 *
 *   sandbox-launcher --level
 *   sandbox-launcher --namespaces DIRECTORY     says "namespaces ok", or why they cannot be had
 *   sandbox-launcher SOCKET JOBS RUNTIME [--read FILE]… [--read-tree DIRECTORY]… [--execute FILE]… [--cpu-seconds N]
 *                    [--file-bytes N] [--open-files N] [--cgroup GROUP]… [--view DIRECTORY --disk-bytes N --files N]
 *                    -- ARGUMENT…
 *
 * RUNTIME is the program that a job's process becomes with ARGUMENT as its first argument; or "-" for an interpreter
 * that has this loaded as a library: its forks go on as jobs, and ARGUMENT is how many bytes of data each may have.
 *
 * Requests, one a line on standard input:   start|ungrouped ID ARGUMENT [BUNDLE] | signal ID NUMBER
 * Reports, one a line on standard output:   level ABI UID PAGE_BYTES TICKS_PER_SECOND
 *                                           started ID PID | refused ID REASON
 *                                           ended ID exit|signal NUMBER USER_US SYSTEM_US PEAK_KIB [FILES BYTES]
 *
 * A job's process connects three times to SOCKET before it is confined and says who it is: its id as 16 hexadecimal
 * digits and 'c' for the channel (descriptor 3), 'e' for egress (descriptor 4) or 'o' for its standard output and error.
 * BUNDLE is a directory that it may read besides; with --view it stands at /bundle. Its directory is JOBS/ID; with --view it
 * is a file system of its own, which nobody else sees, and the last report of a job tells what it held. DIRECTORY is an empty
 * one. GROUP is a control group: a job's process enters GROUP/ID, which the runner makes before and removes after,
 * unless it is to be ungrouped.
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
#include <sys/statfs.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_JOBS = 256, LINE_BYTES = 1024 };

struct settings settings = {.limits = {.cpu_seconds = 3600, .file_bytes = 64 << 20, .open_files = 256}};

static pid_t (*make_process)(void);
static int is_runtime; /* in a job's process, when the caller's interpreter goes on as its runtime */

static struct job {
    uint64_t id;
    pid_t pid;
    int directory; /* the file system of its own; 0 when it has none */
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

/* The file system of a job's own, 0 where its directory is an ordinary one. */
static int make_directory(const char *directory) {
    if (settings.view.directory != NULL) return make_own_directory(&settings.view);
    if (mkdir(directory, 0700) != 0) return -1;
    return geteuid() == 0 ? chown(directory, NOBODY, NOBODY) : 0;
}

/* Out of the way of the numbers that a job's process arranges. */
static int make_pipe(int ends[2], int lowest) {
    int low[2];
    if (pipe2(low, O_CLOEXEC) != 0) return -1;
    for (int i = 0; i < 2; i++) {
        ends[i] = fcntl(low[i], F_DUPFD_CLOEXEC, lowest);
        close(low[i]);
    }
    if (ends[0] >= 0 && ends[1] >= 0) return 0;
    if (ends[0] >= 0) close(ends[0]);
    return -1;
}

static void begin(struct job *slot, const struct job *job, int status, struct lifeline lifeline) {
    char reason[LINE_BYTES];
    snprintf(reason, sizeof reason, "%s", job->directory < 0 ? "the directory of the job cannot be made" : "no process");
    int sent = (int) write(lifeline.launcher, "x", 1);
    if (job->pid > 0 && sent == 1 && await_start(status, reason, sizeof reason) == 0) {
        *slot = *job;
        printf("started %" PRIu64 " %d\n", job->id, job->pid);
        return;
    }
    if (job->pid > 0) waitpid(job->pid, NULL, 0);
    if (job->directory > 0) close(job->directory);
    refuse_start(job->id, reason);
}

static void start(uint64_t id, char *argument, const char *bundle, int grouped) {
    char directory[4096];
    int status[2], line[2];
    struct job *slot = free_slot();
    snprintf(directory, sizeof directory, "%s/%" PRIu64, settings.jobs, id);
    if (slot == NULL || job_with(id) != NULL) return refuse_start(id, "too many jobs, or a known id");
    if (make_pipe(status, 3) != 0) return refuse_start(id, "no pipe");
    if (make_pipe(line, HIGH_FD) != 0) return close(status[0]), close(status[1]), refuse_start(id, "no pipe");
    struct lifeline lifeline = {.job = line[0], .launcher = line[1]};
    struct job job = {.id = id, .pid = -1, .directory = make_directory(directory)};
    settings.arguments[1] = argument;
    if (job.directory >= 0)
        job.pid = settings.view.directory == NULL ? make_process() : make_in_namespaces(make_process);
    if (job.pid == 0) {
        close(status[0]);
        struct start wanted = {.id = id, .directory = directory, .argument = argument, .bundle = bundle,
                .grouped = grouped};
        become_runtime(&wanted, status[1], job.directory, lifeline);
        is_runtime = 1;
        return;
    }
    close(status[1]);
    begin(slot, &job, status[0], lifeline);
    close(lifeline.job);
    close(lifeline.launcher);
    close(status[0]);
}

/* The first of its own processes does not hear what it has no handler for: it would end late instead of at once. */
static int would_hear(pid_t pid, int number) {
    char path[64], line[128];
    unsigned long long heard = 0;
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *status = fopen(path, "re");
    if (status == NULL) return 0;
    while (fgets(line, sizeof line, status) != NULL)
        if (strncmp(line, "SigCgt:", 7) == 0 || strncmp(line, "SigIgn:", 7) == 0 || strncmp(line, "SigBlk:", 7) == 0)
            heard |= strtoull(line + 7, NULL, 16);
    fclose(status);
    return (heard >> (number - 1)) & 1;
}

static void send_signal(uint64_t id, int number) {
    struct job *job = job_with(id);
    if (job != NULL && settings.view.directory != NULL && !would_hear(job->pid, number)) number = SIGKILL;
    if (job != NULL && kill(-job->pid, number) != 0) kill(job->pid, number);
}

static void start_with(uint64_t id, char *argument, int grouped) {
    char *space = strchr(argument, ' ');
    if (space != NULL) *space = 0;
    start(id, argument, space == NULL ? NULL : space + 1, grouped);
}

static void handle(char *line) {
    uint64_t id;
    int number;
    int offset = 0;
    if (sscanf(line, "start %" SCNu64 " %n", &id, &offset) == 1 && offset > 0) start_with(id, line + offset, 1);
    else if (sscanf(line, "ungrouped %" SCNu64 " %n", &id, &offset) == 1 && offset > 0) start_with(id, line + offset, 0);
    else if (sscanf(line, "signal %" SCNu64 " %d", &id, &number) == 2) send_signal(id, number);
    else fprintf(stderr, "sandbox-launcher: unknown request: %s\n", line);
    if (!is_runtime) fflush(stdout);
}

/* What the directory of a job holds, its own entry left out. */
static void report_directory(int directory) {
    struct statfs use;
    if (directory <= 0) return;
    if (fstatfs(directory, &use) == 0)
        printf(" %" PRIu64 " %" PRIu64, (uint64_t) (use.f_files - use.f_ffree) - 1,
                (uint64_t) (use.f_blocks - use.f_bfree) * (uint64_t) use.f_bsize);
    close(directory);
}

/* Whatever is left of a job's group ends and is reaped before the job counts as ended. */
static void bury(struct job *job) {
    int status;
    struct rusage used;
    kill(-job->pid, SIGKILL);
    if (wait4(job->pid, &status, 0, &used) != job->pid) die("wait4");
    while (waitpid(-job->pid, NULL, 0) > 0) {}
    int by_signal = WIFSIGNALED(status);
    printf("ended %" PRIu64 " %s %d %" PRIu64 " %" PRIu64 " %ld", job->id, by_signal ? "signal" : "exit",
            by_signal ? WTERMSIG(status) : WEXITSTATUS(status),
            (uint64_t) used.ru_utime.tv_sec * 1000000 + (uint64_t) used.ru_utime.tv_usec,
            (uint64_t) used.ru_stime.tv_sec * 1000000 + (uint64_t) used.ru_stime.tv_usec, used.ru_maxrss);
    report_directory(job->directory);
    printf("\n");
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
    settings.view.shown[settings.view.count++] = path;
    int fd = open(path, O_PATH | O_CLOEXEC);
    int moved = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, HIGH_FD);
    if (moved < 0) die(path);
    close(fd);
    paths[(*count)++] = moved;
}

static void add_cgroup(const char *group) {
    if (settings.cgroup_count == MAX_CGROUPS) die("too many control groups");
    settings.cgroups[settings.cgroup_count++] = group;
}

static void read_option(const char *option, const char *value) {
    struct allowed_paths *paths = &settings.paths;
    if (strcmp(option, "--read") == 0) add_path(paths->readable, &paths->readable_count, value);
    else if (strcmp(option, "--read-tree") == 0) add_path(paths->trees, &paths->tree_count, value);
    else if (strcmp(option, "--execute") == 0) add_path(paths->executable, &paths->executable_count, value);
    else if (strcmp(option, "--cpu-seconds") == 0) settings.limits.cpu_seconds = strtoull(value, NULL, 10);
    else if (strcmp(option, "--file-bytes") == 0) settings.limits.file_bytes = strtoull(value, NULL, 10);
    else if (strcmp(option, "--open-files") == 0) settings.limits.open_files = strtoull(value, NULL, 10);
    else if (strcmp(option, "--cgroup") == 0) add_cgroup(value);
    else if (strcmp(option, "--view") == 0) settings.view.directory = value;
    else if (strcmp(option, "--disk-bytes") == 0) settings.view.disk_bytes = strtoull(value, NULL, 10);
    else if (strcmp(option, "--files") == 0) settings.view.files = strtoull(value, NULL, 10);
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

/* Says whether namespaces can be had here, by making them. */
static int probe_namespaces(const char *directory) {
    const char *what = "";
    settings.view = (struct view) {.directory = directory, .shown = {"/dev/null"}, .count = 1, .disk_bytes = 4096};
    if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0 && make_view(&settings.view, &what) == 0) printf("namespaces ok\n");
    else printf("namespaces %s: %s\n", what, strerror(errno));
    return 0;
}

int sandbox_launcher(int count, char **arguments, pid_t (*process_maker)(void)) {
    make_process = process_maker;
    settings.abi = landlock_abi();
    if (count == 3 && strcmp(arguments[1], "--namespaces") == 0) return probe_namespaces(arguments[2]);
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
    const char *what = "";
    if (settings.view.directory != NULL && make_view(&settings.view, &what) != 0) die(what);
    if (sigprocmask(SIG_BLOCK, &children, NULL) != 0) die("sigprocmask");
    int child_signals = signalfd(-1, &children, SFD_CLOEXEC);
    if (child_signals < 0) die("signalfd");
    return serve(child_signals);
}
