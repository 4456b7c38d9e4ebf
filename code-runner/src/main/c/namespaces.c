/*
 * The level above: the launcher gives its jobs a view of the machine that holds their runtime's files only, without a
 * network, under a name of its own; each job gets processes, mounts and IPC of its own on top, and a file system in memory
 * that is exactly as large as its directory may be. Nothing of it needs tidying up: it ends with its last process.
 */
#define _GNU_SOURCE
#include "namespaces.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* The C library of the build machine may be older than the kernel that this runs on: our own definitions. */
#define MOVE_MOUNT 429
#define FSOPEN 430
#define FSCONFIG 431
#define FSMOUNT 432
#define MOUNT_SETATTR 442
#define CLOSE_ON_EXEC 1
#define SET_STRING 1
#define CREATE 6
#define NO_PROGRAMS 0xe /* nosuid, nodev, noexec */
#define FROM_DESCRIPTOR 4
#define RECURSIVE 0x8000
#define READ_ONLY 1
#define NO_SETUID 2

struct mount_attributes {
    uint64_t set;
    uint64_t cleared;
    uint64_t propagation;
    uint64_t user_namespace;
};

enum { MAP_BYTES = 4096, SMALL_MODE = 0755 };

static int below(char *path, const char *directory, const char *name) {
    return snprintf(path, PATH_MAX, "%s%s", directory, name) < PATH_MAX ? 0 : -1;
}

static int write_file(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return -1;
    ssize_t wrote = write(fd, text, strlen(text));
    close(fd);
    return wrote == (ssize_t) strlen(text) ? 0 : -1;
}

/* ---- the user namespace: everybody stays who they are ---- */

/* Every identity that this process knows, mapped to itself. */
static int identity_map(const char *path, char *map) {
    FILE *known = fopen(path, "re");
    size_t length = 0;
    unsigned long inside, outside, count;
    if (known == NULL) return -1;
    while (fscanf(known, "%lu %lu %lu", &inside, &outside, &count) == 3 && length < MAP_BYTES - 64)
        length += (size_t) snprintf(map + length, MAP_BYTES - length, "%lu %lu %lu\n", inside, inside, count);
    fclose(known);
    return length > 0 ? 0 : -1;
}

/* Only who stands outside may map more than one identity: a helper does it once this process has left. */
static int leave_as_root(int flags) {
    char uids[MAP_BYTES], gids[MAP_BYTES], path[64];
    int left[2], status;
    if (identity_map("/proc/self/uid_map", uids) != 0 || identity_map("/proc/self/gid_map", gids) != 0) return -1;
    if (pipe2(left, O_CLOEXEC) != 0) return -1;
    pid_t self = getpid();
    pid_t helper = fork();
    if (helper < 0) return -1;
    if (helper == 0) {
        char byte;
        close(left[1]);
        if (read(left[0], &byte, 1) != 1) _exit(0);
        snprintf(path, sizeof path, "/proc/%d/uid_map", self);
        if (write_file(path, uids) != 0) _exit(errno);
        snprintf(path, sizeof path, "/proc/%d/gid_map", self);
        _exit(write_file(path, gids) == 0 ? 0 : errno);
    }
    close(left[0]);
    int result = unshare(flags);
    int error = errno;
    if (result == 0 && write(left[1], "x", 1) != 1) result = -1;
    close(left[1]);
    if (waitpid(helper, &status, 0) != helper || !WIFEXITED(status)) return -1;
    if (result == 0 && WEXITSTATUS(status) == 0) return 0;
    errno = result == 0 ? WEXITSTATUS(status) : error;
    return -1;
}

static int leave_as_user(int flags) {
    char uids[64], gids[64];
    snprintf(uids, sizeof uids, "%u %u 1\n", geteuid(), geteuid());
    snprintf(gids, sizeof gids, "%u %u 1\n", getegid(), getegid());
    if (unshare(flags) != 0) return -1;
    return write_file("/proc/self/setgroups", "deny") != 0 || write_file("/proc/self/uid_map", uids) != 0
                    || write_file("/proc/self/gid_map", gids) != 0
            ? -1
            : 0;
}

/* ---- the view ---- */

static int make_place(char *path, int is_directory) {
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        int made = mkdir(path, SMALL_MODE);
        *slash = '/';
        if (made != 0 && errno != EEXIST && errno != EROFS) return -1;
    }
    if (is_directory) return mkdir(path, SMALL_MODE) == 0 || errno == EEXIST || errno == EROFS ? 0 : -1;
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0) return errno == EROFS ? 0 : -1;
    return close(fd);
}

static int make_read_only(const char *path, int flags) {
    struct mount_attributes attributes = {.set = READ_ONLY | NO_SETUID};
    return (int) syscall(MOUNT_SETATTR, AT_FDCWD, path, flags, &attributes, sizeof attributes);
}

static int show_as(const char *view, const char *source, const char *name) {
    char target[PATH_MAX];
    struct stat kind;
    if (stat(source, &kind) != 0 || below(target, view, name) != 0) return -1;
    if (make_place(target, S_ISDIR(kind.st_mode)) != 0) return -1;
    if (mount(source, target, NULL, MS_BIND | (S_ISDIR(kind.st_mode) ? MS_REC : 0), NULL) != 0) return -1;
    return make_read_only(target, S_ISDIR(kind.st_mode) ? RECURSIVE : 0);
}

/* Under the name that it is asked for, and under its real one where that is another. There are no links in the view. */
static int show(const char *view, const char *path) {
    char real[PATH_MAX];
    if (realpath(path, real) == NULL || show_as(view, real, path) != 0) return -1;
    return strcmp(real, path) == 0 ? 0 : show_as(view, real, real);
}

static int make_small_places(const char *view) {
    char path[PATH_MAX];
    if (below(path, view, "/job") != 0 || make_place(path, 1) != 0) return -1;
    if (below(path, view, BUNDLE_PLACE) != 0 || make_place(path, 1) != 0) return -1;
    return below(path, view, "/proc/self/stat") != 0 || make_place(path, 0) != 0 ? -1 : 0;
}

static int build_view(const struct view *view, const char **what) {
    *what = "making mounts private";
    if (mount("none", "/", NULL, MS_REC | MS_SLAVE, NULL) != 0) return -1;
    *what = "mounting a root of its own";
    if (mount("tmpfs", view->directory, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=0755,size=1m") != 0) return -1;
    for (size_t i = 0; i < view->count; i++) {
        *what = view->shown[i];
        if (show(view->directory, view->shown[i]) != 0) return -1;
    }
    *what = "making places";
    if (make_small_places(view->directory) != 0) return -1;
    *what = "closing the root";
    return make_read_only(view->directory, 0);
}

static int configure(int context, const char *key, uint64_t value, const char *format) {
    char text[32];
    snprintf(text, sizeof text, format, value);
    return (int) syscall(FSCONFIG, context, SET_STRING, key, text, 0);
}

/* Made before the job is, so that whoever makes it can see afterwards what it held. */
int make_own_directory(const struct view *view) {
    int context = (int) syscall(FSOPEN, "tmpfs", CLOSE_ON_EXEC);
    if (context < 0) return -1;
    int failed = configure(context, "size", view->disk_bytes, "%" PRIu64)
            || configure(context, "nr_inodes", view->files + 2, "%" PRIu64) || configure(context, "mode", 0700, "%" PRIo64);
    if (!failed && geteuid() == 0)
        failed = configure(context, "uid", NOBODY, "%" PRIu64) || configure(context, "gid", NOBODY, "%" PRIu64);
    if (!failed) failed = (int) syscall(FSCONFIG, context, CREATE, NULL, NULL, 0);
    int directory = failed ? -1 : (int) syscall(FSMOUNT, context, CLOSE_ON_EXEC, NO_PROGRAMS);
    int high = directory < 0 ? -1 : fcntl(directory, F_DUPFD_CLOEXEC, HIGH_FD);
    if (directory >= 0) close(directory);
    close(context);
    return high;
}

/* Nothing in it can be changed, and nothing becomes code of the machine's own kind. */
static int show_bundle(const struct view *view, const char *bundle) {
    char path[PATH_MAX];
    struct mount_attributes attributes = {.set = READ_ONLY | NO_PROGRAMS};
    if (below(path, view->directory, BUNDLE_PLACE) != 0 || mount(bundle, path, NULL, MS_BIND, NULL) != 0) return -1;
    return (int) syscall(MOUNT_SETATTR, AT_FDCWD, path, 0, &attributes, sizeof attributes);
}

int enter_view(const struct view *view, int directory, const char *bundle, const char **what) {
    char path[PATH_MAX];
    *what = "mounting the bundle";
    if (bundle != NULL && show_bundle(view, bundle) != 0) return -1;
    *what = "mounting the directory of the job";
    if (below(path, view->directory, "/job") != 0
            || syscall(MOVE_MOUNT, directory, "", AT_FDCWD, path, FROM_DESCRIPTOR) != 0)
        return -1;
    *what = "mounting the job's own figures";
    if (below(path, view->directory, "/proc/self/stat") != 0
            || mount("/proc/self/stat", path, NULL, MS_BIND, NULL) != 0)
        return -1;
    *what = "pivot_root";
    if (chdir(view->directory) != 0 || syscall(SYS_pivot_root, ".", ".") != 0) return -1;
    *what = "leaving the machine's files";
    return umount2(".", MNT_DETACH) != 0 || chdir("/job") != 0 ? -1 : 0;
}

/* ---- jobs ---- */

struct made {
    pid_t pid;
    int error;
};

/*
 * Only a child can be in a new pid namespace, and only the launcher may be a job's parent: so a process between them makes
 * the job and ends, and the kernel hands the job to the launcher, which reaps what its descendants leave.
 */
pid_t make_in_namespaces(pid_t (*make_process)(void)) {
    int told[2];
    struct made made = {.pid = -1, .error = EAGAIN};
    if (pipe2(told, O_CLOEXEC) != 0) return -1;
    pid_t between = fork();
    if (between == 0) {
        if (unshare(CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC) == 0) made.pid = make_process();
        if (made.pid == 0) {
            close(told[0]);
            close(told[1]);
            return 0;
        }
        made.error = errno;
        _exit(write(told[1], &made, sizeof made) == sizeof made ? 0 : 1);
    }
    close(told[1]);
    if (between < 0 || read(told[0], &made, sizeof made) != sizeof made) made.pid = -1;
    close(told[0]);
    if (between > 0) waitpid(between, NULL, 0);
    errno = made.error;
    return made.pid;
}

/* One process that comes as far as a job would. */
static int try_view(const struct view *view, const char **what) {
    int status;
    *what = "a file system in memory";
    int directory = make_own_directory(view);
    if (directory < 0) return -1;
    *what = "a process in namespaces of its own";
    pid_t pid = make_in_namespaces(fork);
    if (pid == 0) _exit(enter_view(view, directory, NULL, what) == 0 ? 0 : errno);
    close(directory);
    if (pid < 0) return -1;
    if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status)) return -1;
    *what = "entering a view";
    errno = WEXITSTATUS(status);
    return errno == 0 ? 0 : -1;
}

int make_view(const struct view *view, const char **what) {
    int flags = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWUTS;
    *what = "unshare (user, mount, network and UTS namespaces)";
    if ((geteuid() == 0 ? leave_as_root(flags) : leave_as_user(flags)) != 0) return -1;
    *what = "sethostname";
    if (sethostname("function", strlen("function")) != 0) return -1;
    return build_view(view, what) != 0 ? -1 : try_view(view, what);
}
