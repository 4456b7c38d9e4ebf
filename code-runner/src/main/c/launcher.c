/*
 * Starts, signals and buries the processes of jobs for one runner. It has one thread, because a parent-death signal
 * follows the thread that made the child, and it ends with all its children when its standard input does.
 *
 *   sandbox-launcher --level
 *   sandbox-launcher SOCKET JOBS RUNTIME [--read FILE]… [--execute FILE]… [--cpu-seconds N] [--file-bytes N]
 *                    [--open-files N] -- ARGUMENT…
 *
 * Requests, one a line on standard input:   start ID ARGUMENT | signal ID NUMBER
 * Reports, one a line on standard output:   level ABI UID PAGE_BYTES TICKS_PER_SECOND
 *                                           started ID PID | refused ID REASON
 *                                           ended ID exit|signal NUMBER USER_US SYSTEM_US PEAK_KIB
 *
 * A job's process connects twice to SOCKET before it is confined and says who it is: its id as 16 hexadecimal digits
 * and 'c' for the channel (descriptor 3) or 'o' for its standard output and error. Its directory is JOBS/ID.
 */
#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_JOBS = 256, MAX_ARGUMENTS = 32, LINE_BYTES = 512, HIGH_FD = 100 };

static struct settings {
    const char *socket_path;
    const char *jobs;
    const char *runtime;
    struct allowed_paths paths;
    struct resource_limits limits;
    char *arguments[MAX_ARGUMENTS + 3]; /* the program's name, one argument of the job, then the fixed ones */
    int abi;
    pid_t launcher;
} settings = {.limits = {.cpu_seconds = 3600, .file_bytes = 64 << 20, .open_files = 256}};

static struct job {
    uint64_t id;
    pid_t pid;
} jobs[MAX_JOBS];

static void die(const char *what) {
    fprintf(stderr, "sandbox-launcher: %s: %s\n", what, strerror(errno));
    exit(70);
}

/* ---- in the child: from here on a failure is written to the status descriptor, and the process ends ---- */

static void give_up(const char *what) {
    dprintf(STATUS_FD, "%s: %s", what, strerror(errno));
    _exit(71);
}

/* Out of the way of the numbers that the runtime gets. */
static int move_up(int fd, const char *what) {
    int moved = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, HIGH_FD);
    if (moved < 0) give_up(what);
    close(fd);
    return moved;
}

static void place(int fd, int wanted, int flags) {
    if (dup3(fd, wanted, flags) < 0) give_up("dup3");
    close(fd);
}

static int connect_as(uint64_t id, char role) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, settings.socket_path, sizeof address.sun_path - 1);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *) &address, sizeof address) != 0) give_up("connecting to the runner");
    if (dprintf(fd, "%016" PRIx64 "%c", id, role) < 0) give_up("greeting the runner");
    return move_up(fd, "dup");
}

static void arrange_descriptors(uint64_t id, int status) {
    if (status != STATUS_FD && dup3(status, STATUS_FD, O_CLOEXEC) < 0) _exit(72);
    int runtime = move_up(open(settings.runtime, O_RDONLY | O_CLOEXEC), "opening the runtime");
    int null = move_up(open("/dev/null", O_RDONLY | O_CLOEXEC), "opening /dev/null");
    int channel = connect_as(id, 'c');
    int output = connect_as(id, 'o');
    place(null, 0, 0);
    if (dup2(output, 1) < 0) give_up("dup2");
    place(output, 2, 0);
    place(channel, CHANNEL_FD, 0);
    place(runtime, RUNTIME_FD, O_CLOEXEC);
}

/* The paths of the rules are open until the rules are made; nothing but 0 to 3 survives the start of the runtime. */
static void close_the_rest(void) {
    if (syscall(SYS_close_range, RUNTIME_FD + 1, ~0U, 0) == 0) return;
    for (int fd = RUNTIME_FD + 1; fd < 4096; fd++) close(fd);
}

static void reset_signals(void) {
    sigset_t none;
    sigemptyset(&none);
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* The first thing to be killed when memory runs out, and behind the runner when processors are short. */
static void be_expendable(void) {
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd >= 0) {
        if (write(fd, "1000", 4) < 0) errno = 0;
        close(fd);
    }
    setpriority(PRIO_PROCESS, 0, 5);
}

static void check_parent(void) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) give_up("prctl");
    if (getppid() != settings.launcher) _exit(73);
}

/* An empty string at an address that nothing in the runtime will ever know: the key to the one permitted execution. */
static const char *secret_empty_path(void) {
    for (int attempt = 0; attempt < 16; attempt++) {
        uint64_t random;
        if (getrandom(&random, sizeof random, 0) != sizeof random) give_up("getrandom");
        uintptr_t page = (random >> 8) & 0x7ffffffff000;
        char *memory = mmap((void *) page, 4096, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
        if (memory != MAP_FAILED) return memory + (random & 0xff);
    }
    give_up("mmap");
    return NULL;
}

static void become_runtime(uint64_t id, const char *directory, int status) {
    const char *what = "";
    setsid();
    reset_signals();
    umask(077);
    arrange_descriptors(id, status);
    if (chdir(directory) != 0) give_up("entering the directory of the job");
    be_expendable();
    if (set_resource_limits(&settings.limits, &what) != 0 || drop_privileges(&what) != 0
            || confine_files(settings.abi, &settings.paths, ".", &what) != 0)
        give_up(what);
    close_the_rest();
    check_parent();
    const char *path = secret_empty_path();
    char *no_environment[] = {NULL};
    if (filter_system_calls(path, &what) != 0) give_up(what);
    syscall(SYS_execveat, RUNTIME_FD, path, settings.arguments, no_environment, AT_EMPTY_PATH);
    give_up("starting the runtime");
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
    pid_t pid = fork();
    if (pid == 0) {
        close(status[0]);
        become_runtime(id, directory, status[1]);
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
    fflush(stdout);
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
    settings.runtime = arguments[3];
    int next = 4;
    for (; next + 1 < count && strcmp(arguments[next], "--") != 0; next += 2)
        read_option(arguments[next], arguments[next + 1]);
    add_path(settings.paths.executable, &settings.paths.executable_count, settings.runtime);
    add_path(settings.paths.readable, &settings.paths.readable_count, "/dev/null");
    add_path(settings.paths.readable, &settings.paths.readable_count, "/dev/urandom");
    settings.arguments[0] = arguments[3];
    for (int i = 2; ++next < count; i++) {
        if (i == MAX_ARGUMENTS + 2) die("too many arguments");
        settings.arguments[i] = arguments[next];
    }
}

int main(int count, char **arguments) {
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
