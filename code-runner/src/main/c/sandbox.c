/* Landlock, resource limits and credentials of a job's process. */
#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* linux/landlock.h of the build machine may be older than the kernel that this runs on: our own definitions. */
#define LANDLOCK_CREATE_RULESET 444
#define LANDLOCK_ADD_RULE 445
#define LANDLOCK_RESTRICT_SELF 446
#define RULE_PATH_BENEATH 1

enum {
    FS_EXECUTE = 1 << 0,
    FS_WRITE_FILE = 1 << 1,
    FS_READ_FILE = 1 << 2,
    FS_READ_DIR = 1 << 3,
    FS_REMOVE_DIR = 1 << 4,
    FS_REMOVE_FILE = 1 << 5,
    FS_MAKE_DIR = 1 << 7,
    FS_MAKE_REG = 1 << 8,
    FS_MAKE_SYM = 1 << 12,
    FS_ABI_1 = (1 << 13) - 1,
    FS_REFER = 1 << 13,     /* ABI 2 */
    FS_TRUNCATE = 1 << 14,  /* ABI 3 */
    FS_IOCTL_DEV = 1 << 15, /* ABI 5 */
    NET_TCP = 3,            /* ABI 4: bind and connect */
    SCOPE_ALL = 3           /* ABI 6: abstract sockets and signals stay inside */
};

struct ruleset {
    uint64_t handled_access_fs;
    uint64_t handled_access_net;
    uint64_t scoped;
};

struct path_rule {
    uint64_t allowed_access;
    int32_t parent_fd;
} __attribute__((packed));

int landlock_abi(void) {
    long abi = syscall(LANDLOCK_CREATE_RULESET, NULL, 0, 1);
    return abi < 0 ? 0 : (int) abi;
}

static uint64_t handled_files(int abi) {
    uint64_t handled = FS_ABI_1;
    if (abi >= 2) handled |= FS_REFER;
    if (abi >= 3) handled |= FS_TRUNCATE;
    if (abi >= 5) handled |= FS_IOCTL_DEV;
    return handled;
}

static int allow(int ruleset, int path_fd, uint64_t access) {
    struct path_rule rule = {.allowed_access = access, .parent_fd = path_fd};
    return (int) syscall(LANDLOCK_ADD_RULE, ruleset, RULE_PATH_BENEATH, &rule, 0);
}

static int allow_files(int ruleset, const int *files, size_t count, uint64_t access) {
    for (size_t i = 0; i < count; i++)
        if (allow(ruleset, files[i], access) != 0) return -1;
    return 0;
}

static int allow_tree(int ruleset, const char *path) {
    int tree = open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (tree < 0 || allow(ruleset, tree, FS_READ_FILE | FS_READ_DIR) != 0) return -1;
    return close(tree);
}

int confine_files(int abi, const struct allowed_paths *paths, const char *directory, const char *bundle, const char **what) {
    struct ruleset attributes = {.handled_access_fs = handled_files(abi)};
    if (abi >= 4) attributes.handled_access_net = NET_TCP;
    if (abi >= 6) attributes.scoped = SCOPE_ALL;
    *what = "landlock_create_ruleset";
    int ruleset = (int) syscall(LANDLOCK_CREATE_RULESET, &attributes, sizeof attributes, 0);
    if (ruleset < 0) return -1;

    *what = "landlock_add_rule (runtime)";
    if (allow_files(ruleset, paths->readable, paths->readable_count, FS_READ_FILE) != 0) return -1;
    if (allow_files(ruleset, paths->trees, paths->tree_count, FS_READ_FILE | FS_READ_DIR) != 0) return -1;
    if (allow_files(ruleset, paths->executable, paths->executable_count, FS_READ_FILE | FS_EXECUTE) != 0) return -1;

    *what = "landlock_add_rule (bundle)";
    if (bundle != NULL && allow_tree(ruleset, bundle) != 0) return -1;

    /* No sockets, pipes or devices, and nothing in it can be executed. */
    uint64_t own = FS_READ_FILE | FS_WRITE_FILE | FS_READ_DIR | FS_REMOVE_DIR | FS_REMOVE_FILE | FS_MAKE_DIR
            | FS_MAKE_REG | FS_MAKE_SYM | FS_REFER | FS_TRUNCATE;
    *what = "landlock_add_rule (directory of the job)";
    int directory_fd = open(directory, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (directory_fd < 0 || allow(ruleset, directory_fd, own & handled_files(abi)) != 0) return -1;
    close(directory_fd);

    /* Its own figures, for process.memoryUsage(). */
    int own_figures = open("/proc/self/stat", O_PATH | O_CLOEXEC);
    if (own_figures >= 0 && (allow(ruleset, own_figures, FS_READ_FILE) != 0 || close(own_figures) != 0)) return -1;

    *what = "landlock_restrict_self";
    if (syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0) != 0) return -1;
    return close(ruleset);
}

static int limit(int resource, uint64_t value) {
    struct rlimit both = {.rlim_cur = value, .rlim_max = value};
    return setrlimit((__rlimit_resource_t) resource, &both);
}

int set_resource_limits(const struct resource_limits *limits, const char **what) {
    *what = "setrlimit";
    if (limit(RLIMIT_CPU, limits->cpu_seconds) != 0 || limit(RLIMIT_FSIZE, limits->file_bytes) != 0
            || limit(RLIMIT_NOFILE, limits->open_files) != 0 || limit(RLIMIT_CORE, 0) != 0
            || limit(RLIMIT_MEMLOCK, 0) != 0 || limit(RLIMIT_MSGQUEUE, 0) != 0)
        return -1;
    if (limits->data_bytes != 0 && limit(RLIMIT_DATA, limits->data_bytes) != 0) return -1;
    /* Counted over all processes of a user: only an identity of the jobs' own can carry it. Threads are watched. */
    return geteuid() == 0 ? limit(RLIMIT_NPROC, 4096) : 0;
}

int drop_privileges(const char **what) {
    if (geteuid() == 0) {
        *what = "dropping root to 65534 (needs CAP_SETUID and CAP_SETGID; or start the runner as an ordinary user)";
        if (setgroups(0, NULL) != 0 || setresgid(NOBODY, NOBODY, NOBODY) != 0
                || setresuid(NOBODY, NOBODY, NOBODY) != 0)
            return -1;
    }
    *what = "capset";
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};
    if (syscall(SYS_capset, &header, none) != 0) return -1;
    *what = "no_new_privs";
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}
