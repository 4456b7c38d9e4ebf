/*
 * Tries what a function with native code in its process could try, and writes one line for each attempt: its name and
 * "ok" or the number of the error. Inside the sandbox it is started in place of the runtime and writes to descriptor 3;
 * as a control it runs outside and writes to standard output.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

static int report_fd;
static const char *outside; /* a file of the user that runs the test, writable without a sandbox */

static void report(const char *name, long result) {
    char line[128];
    int length = result < 0 ? snprintf(line, sizeof line, "%s %d\n", name, errno) : snprintf(line, sizeof line, "%s ok\n", name);
    if (write(report_fd, line, (size_t) length) < 0) _exit(3);
}

/* For attempts that cannot succeed as they are made: what counts is whether they came through. */
static void report_unless_refused(const char *name, long result) {
    report(name, result < 0 && (errno == EPERM || errno == EACCES || errno == ENOSYS) ? -1 : 0);
}

static void processes(pid_t other) {
    pid_t child = fork();
    if (child == 0) _exit(0);
    if (child > 0) waitpid(child, NULL, 0);
    report("fork", child);
    child = (pid_t) syscall(SYS_clone, SIGCHLD | CLONE_NEWUSER, NULL, NULL, NULL, NULL);
    if (child == 0) _exit(0);
    if (child > 0) waitpid(child, NULL, 0);
    report("clone-new-user", child);
    uint64_t clone3_arguments[8] = {0, 0, 0, 0, SIGCHLD, 0, 0, 0};
    child = (pid_t) syscall(SYS_clone3, clone3_arguments, sizeof clone3_arguments);
    if (child == 0) _exit(0);
    if (child > 0) waitpid(child, NULL, 0);
    report("clone3", child);
    report("kill", kill(other, 0));
    report("tgkill", syscall(SYS_tgkill, other, other, 0));
    report("tkill", syscall(SYS_tkill, other, 0));
    siginfo_t info = {.si_signo = SIGCONT, .si_code = SI_QUEUE};
    report("sigqueue", syscall(SYS_rt_sigqueueinfo, other, SIGCONT, &info));
    report("pidfd-open", syscall(SYS_pidfd_open, other, 0));
    report("set-owner-of-signals", fcntl(report_fd, F_SETOWN, other));
    char bytes[8];
    struct iovec here = {bytes, sizeof bytes};
    struct iovec there = {bytes, sizeof bytes};
    report_unless_refused("process-vm-read", process_vm_readv(other, &here, 1, &there, 1, 0));
    struct rlimit limit;
    report("prlimit-of-another", syscall(SYS_prlimit64, other, RLIMIT_CORE, NULL, &limit));
    report("setpriority-of-another", setpriority(PRIO_PROCESS, (id_t) other, 19));
    report("ptrace", ptrace(PTRACE_SEIZE, other, NULL, NULL));
    report("survive-parent", prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0));
    report("set-undumpable", prctl(PR_SET_DUMPABLE, 0, 0, 0, 0));
}

static void sockets(void) {
    report("socket-tcp", socket(AF_INET, SOCK_STREAM, 0));
    report("socket-udp", socket(AF_INET, SOCK_DGRAM, 0));
    report("socket-tcp6", socket(AF_INET6, SOCK_STREAM, 0));
    report("socket-unix", socket(AF_UNIX, SOCK_STREAM, 0));
    report("socket-netlink", socket(AF_NETLINK, SOCK_RAW, 0));
    report("socket-vsock", socket(40, SOCK_STREAM, 0));
    int pair[2];
    report("socketpair", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
    report_unless_refused("listen", listen(report_fd, 1));
    struct sockaddr_un none = {.sun_family = AF_UNSPEC};
    report_unless_refused("connect", connect(report_fd, (struct sockaddr *) &none, sizeof none));
    char byte = 'x';
    struct iovec data = {&byte, 0};
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1};
    report_unless_refused("sendmsg", sendmsg(report_fd, &message, 0));
    char ring[256] = {0};
    report("io-uring", syscall(SYS_io_uring_setup, 1, ring));
}

static void kernel(void) {
    report_unless_refused("mount", mount("none", "/nowhere/at/all", "tmpfs", 0, NULL));
    union bpf_attr map = {.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1};
    report("bpf", syscall(SYS_bpf, BPF_MAP_CREATE, &map, sizeof map));
    struct perf_event_attr event = {.type = PERF_TYPE_SOFTWARE, .size = sizeof event, .config = PERF_COUNT_SW_CPU_CLOCK, .exclude_kernel = 1};
    report("perf", syscall(SYS_perf_event_open, &event, 0, -1, -1, 0));
    report("keyctl", syscall(SYS_keyctl, 0, -3, 1, 0, 0));
    report("personality", syscall(SYS_personality, 0xffffffff));
    report("memfd", syscall(SYS_memfd_create, "x", 0));
    report("userfaultfd", syscall(SYS_userfaultfd, 0));
    report("shared-memory", shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600));
    report("message-queue", msgget(IPC_PRIVATE, IPC_CREAT | 0600));
    report("inotify", inotify_init1(0));
    report("setuid", setuid(getuid()));
    report_unless_refused("set-host-name", syscall(SYS_sethostname, "x", -1));
    report_unless_refused("load-module", syscall(SYS_init_module, NULL, 0, NULL));
    report("unshare-user", unshare(CLONE_NEWUSER));
    report("chroot", chroot("."));
}

static void files(pid_t other) {
    report("read-outside", open(outside, O_RDONLY));
    report("write-outside", open(outside, O_WRONLY));
    report("truncate-outside", truncate(outside, 1));
    report("chmod-outside", chmod(outside, 0600));
    report("chown-outside", chown(outside, getuid(), getgid()));
    report_unless_refused("xattr-outside", setxattr(outside, "user.x", "x", 1, 0));
    struct timespec times[2] = {{0, 0}, {0, 0}};
    report("utime-outside", utimensat(AT_FDCWD, outside, times, 0));
    report("link-outside", link(outside, "linked"));
    report("symlink-and-read", symlink(outside, "soft") < 0 ? -1 : open("soft", O_RDONLY));
    char environment[64];
    snprintf(environment, sizeof environment, "/proc/%d/environ", other);
    report("read-environment-of-another", open(environment, O_RDONLY));
    report("list-root", open("/", O_RDONLY | O_DIRECTORY));
    report("make-fifo", mkfifo("fifo", 0600));
}

static void execution(void) {
    char *arguments[] = {"true", NULL};
    char *environment[] = {NULL};
    /* Only whether it would be tried: a call that succeeds never returns, so the control runs it in a child. */
    int status = open("/bin/true", O_RDONLY | O_CLOEXEC);
    report("open-program", status);
    execve("/bin/true", arguments, environment);
    report("execve", -1);
    syscall(SYS_execveat, status, "", arguments, environment, AT_EMPTY_PATH);
    report("execveat", -1);
    /* The permitted form, with the runtime's own program in the permitted descriptor, but without the secret. */
    int self = open("/proc/self/exe", O_RDONLY);
    if (self >= 0) dup2(self, 6);
    syscall(SYS_execveat, 6, "", arguments, environment, AT_EMPTY_PATH);
    report("execveat-again", -1);
}

/* Asks for a process through the 32-bit table, which has numbers of its own: the filter must end the process. */
static void other_tables(void) {
#if defined(__x86_64__)
    long result;
    report("before-int80", 0);
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(20L /* getpid */) : "memory");
    report("int80", result);
#endif
}

int main(int count, char **arguments) {
    int confined = fcntl(3, F_GETFD) >= 0;
    report_fd = confined ? 3 : 1;
    outside = arguments[count - 2];
    pid_t other = (pid_t) strtol(arguments[count - 1], NULL, 10);
    processes(other);
    sockets();
    files(other);
    if (confined) execution();
    kernel();
    report("done", 0);
    other_tables();
    return 0;
}
