/* What a job's own process does before it becomes the runtime: a failure is written to the status descriptor, and it ends. */
#define _GNU_SOURCE
#include "launcher.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

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
    int runtime = -1;
    if (settings.runtime != NULL) runtime = move_up(open(settings.runtime, O_RDONLY | O_CLOEXEC), "opening the runtime");
    int null = move_up(open("/dev/null", O_RDONLY | O_CLOEXEC), "opening /dev/null");
    int channel = connect_as(id, 'c');
    int output = connect_as(id, 'o');
    int egress = connect_as(id, 'e');
    place(null, 0, 0);
    if (dup2(output, 1) < 0) give_up("dup2");
    place(output, 2, 0);
    place(channel, CHANNEL_FD, 0);
    place(egress, EGRESS_FD, 0);
    if (runtime >= 0) place(runtime, RUNTIME_FD, O_CLOEXEC);
}

/* The paths of the rules are open until the rules are made. */
static void close_from(int first) {
    if (syscall(SYS_close_range, first, ~0U, 0) == 0) return;
    for (int fd = first; fd < 4096; fd++) close(fd);
}

static void reset_signals(void) {
    sigset_t none;
    sigemptyset(&none);
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Before anything is allocated: what a process has is charged where it was when it got it. */
static void enter_cgroups(uint64_t id) {
    char path[PATH_MAX];
    for (size_t i = 0; i < settings.cgroup_count; i++) {
        snprintf(path, sizeof path, "%s/%" PRIu64 "/cgroup.procs", settings.cgroups[i], id);
        int fd = open(path, O_WRONLY | O_CLOEXEC);
        if (fd < 0 || write(fd, "0", 1) != 1) give_up("entering the control group");
        close(fd);
    }
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

/* The launcher is this process's parent by the time it sends the byte; were it dead by now, nobody else would end us. */
static void follow_launcher(struct lifeline lifeline) {
    char byte;
    struct pollfd launcher = {.fd = lifeline.job};
    if (read(lifeline.job, &byte, 1) != 1) _exit(73);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) give_up("prctl");
    if (poll(&launcher, 1, 0) != 0) _exit(73);
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

static void become_program(void) {
    const char *what = "";
    const char *path = secret_empty_path();
    char *no_environment[] = {NULL};
    close_from(RUNTIME_FD + 1);
    if (filter_system_calls(path, &what) != 0) give_up(what);
    syscall(SYS_execveat, RUNTIME_FD, path, settings.arguments, no_environment, AT_EMPTY_PATH);
    give_up("starting the runtime");
}

/* Nothing is executed any more, so the filter permits no execution at all; closing the status says that all is well. */
static void go_on_as_runtime(void) {
    const char *what = "";
    if (filter_system_calls(NULL, &what) != 0) give_up(what);
    close_from(EGRESS_FD + 1);
}

/* Where the job's process finds its bundle once it is confined. */
static const char *bundle_place(const char *bundle) {
    return bundle == NULL || settings.view.directory == NULL ? bundle : BUNDLE_PLACE;
}

void become_runtime(const struct start *start, int status, int own, struct lifeline lifeline) {
    const char *what = "";
    struct resource_limits limits = settings.limits;
    if (settings.runtime == NULL) limits.data_bytes = strtoull(start->argument, NULL, 10);
    close(lifeline.launcher);
    setsid();
    reset_signals();
    umask(077);
    arrange_descriptors(start->id, status);
    if (start->grouped) enter_cgroups(start->id);
    be_expendable();
    if (settings.view.directory != NULL) {
        if (enter_view(&settings.view, own, start->bundle, &what) != 0) give_up(what);
    } else if (chdir(start->directory) != 0) {
        give_up("entering the directory of the job");
    }
    if (set_resource_limits(&limits, &what) != 0 || drop_privileges(&what) != 0
            || confine_files(settings.abi, &settings.paths, ".", bundle_place(start->bundle), &what) != 0)
        give_up(what);
    follow_launcher(lifeline);
    if (settings.runtime != NULL) become_program();
    go_on_as_runtime();
}
