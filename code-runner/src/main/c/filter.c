/*
 * The system calls of a job: an allow-list. Everything that is not on it fails with EPERM, calls newer than this list
 * with ENOSYS (libraries then fall back). There is no socket call of any kind, no new process, no call that reaches
 * another process, and none of those that change files which Landlock does not guard (chmod, chown, xattr, utime by path).
 */
#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "no system call filter for this architecture"
#endif

#define NEWEST_KNOWN_CALL 450
#define CLONE3 435
#define IO_URING_SETUP 425
#define RSEQ 334
#define EPOLL_PWAIT2 441
#define SET_VMA 0x53564d41

static const int ALLOWED[] = {
    /* memory and threads */
    SYS_brk, SYS_mmap, SYS_munmap, SYS_mprotect, SYS_mremap, SYS_madvise, SYS_membarrier, SYS_futex, SYS_set_robust_list,
    SYS_get_robust_list, SYS_set_tid_address, SYS_gettid, SYS_sched_yield, SYS_sched_getaffinity, SYS_sched_getparam,
    SYS_sched_getscheduler, SYS_getcpu, SYS_exit, SYS_exit_group,
    /* files: what may be opened is Landlock's part */
    SYS_read, SYS_write, SYS_readv, SYS_writev, SYS_pread64, SYS_pwrite64, SYS_preadv, SYS_pwritev, SYS_lseek, SYS_openat,
    SYS_close, SYS_close_range, SYS_fstat, SYS_newfstatat, SYS_statx, SYS_statfs, SYS_fstatfs, SYS_getdents64,
    SYS_readlinkat, SYS_faccessat, SYS_faccessat2, SYS_getcwd, SYS_chdir, SYS_fchdir, SYS_mkdirat, SYS_unlinkat,
    SYS_renameat, SYS_renameat2, SYS_symlinkat, SYS_linkat, SYS_ftruncate, SYS_fallocate, SYS_fsync, SYS_fdatasync,
    SYS_flock, SYS_copy_file_range, SYS_sendfile, SYS_fadvise64, SYS_umask, SYS_dup, SYS_dup3, SYS_pipe2,
    /* waiting and time */
    SYS_epoll_create1, SYS_epoll_ctl, SYS_epoll_pwait, SYS_ppoll, SYS_pselect6, SYS_eventfd2, SYS_timerfd_create,
    SYS_timerfd_settime, SYS_timerfd_gettime, SYS_nanosleep, SYS_clock_nanosleep, SYS_clock_gettime, SYS_clock_getres,
    SYS_gettimeofday, SYS_getitimer, SYS_setitimer, SYS_restart_syscall,
    /* itself */
    SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_rt_sigsuspend, SYS_rt_sigtimedwait, SYS_rt_sigpending,
    SYS_sigaltstack, SYS_getpid, SYS_getppid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_getresuid,
    SYS_getresgid, SYS_getgroups, SYS_getpgid, SYS_getsid, SYS_getrusage, SYS_getrlimit, SYS_times, SYS_uname, SYS_sysinfo,
    SYS_getrandom, SYS_capget, SYS_getpriority, RSEQ,
    /* the inherited channel: no call here takes an address */
    SYS_shutdown, SYS_getsockname, SYS_getsockopt,
#if defined(__x86_64__)
    SYS_open, SYS_stat, SYS_lstat, SYS_access, SYS_readlink, SYS_mkdir, SYS_rmdir, SYS_unlink, SYS_rename, SYS_symlink,
    SYS_link, SYS_dup2, SYS_pipe, SYS_poll, SYS_select, SYS_epoll_create, SYS_epoll_wait, SYS_eventfd, SYS_getpgrp,
    SYS_arch_prctl, SYS_time, SYS_getdents, SYS_creat, SYS_alarm,
#endif
};

static const uint32_t FCNTL_COMMANDS[] = {F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK,
    F_SETLKW, F_OFD_GETLK, F_OFD_SETLK, F_OFD_SETLKW};
static const uint32_t IOCTL_REQUESTS[] = {FIOCLEX, FIONCLEX, FIONBIO, FIONREAD, TCGETS};
static const uint32_t PRCTL_OPTIONS[] = {PR_SET_NAME, PR_GET_NAME, PR_GET_DUMPABLE, PR_GET_NO_NEW_PRIVS, SET_VMA};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define LOW_HALF(argument) (offsetof(struct seccomp_data, args) + 8 * (argument))
#define HIGH_HALF(argument) (LOW_HALF(argument) + 4)

struct program {
    struct sock_filter code[BPF_MAXINSNS];
    unsigned short length;
};

static void emit(struct program *program, struct sock_filter instruction) {
    program->code[program->length++] = instruction;
}

static void load(struct program *program, size_t offset) {
    emit(program, (struct sock_filter) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t) offset));
}

static void answer(struct program *program, uint32_t action) {
    emit(program, (struct sock_filter) BPF_STMT(BPF_RET | BPF_K, action));
}

static void refuse(struct program *program, int error) {
    answer(program, SECCOMP_RET_ERRNO | (uint32_t) error);
}

/* Answers with the action if the loaded word equals the value, else goes on. */
static void answer_if(struct program *program, uint32_t value, uint32_t action) {
    emit(program, (struct sock_filter) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1));
    answer(program, action);
}

static void refuse_unless(struct program *program, size_t offset, uint32_t value) {
    load(program, offset);
    emit(program, (struct sock_filter) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 1, 0));
    refuse(program, EPERM);
}

/* A call's own block: skipped unless the loaded number is this call's; every path through it answers. */
static unsigned short begin_call(struct program *program, int call) {
    emit(program, (struct sock_filter) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t) call, 0, 0));
    return program->length;
}

static void end_call(struct program *program, unsigned short begin) {
    program->code[begin - 1].jf = (uint8_t) (program->length - begin);
}

static void allow_if_own(struct program *program, int call, uint32_t value) {
    unsigned short begin = begin_call(program, call);
    refuse_unless(program, LOW_HALF(0), value);
    answer(program, SECCOMP_RET_ALLOW);
    end_call(program, begin);
}

static void allow_if_among(struct program *program, int call, int argument, const uint32_t *values, size_t count) {
    unsigned short begin = begin_call(program, call);
    load(program, LOW_HALF(argument));
    for (size_t i = 0; i < count; i++) answer_if(program, values[i], SECCOMP_RET_ALLOW);
    refuse(program, EPERM);
    end_call(program, begin);
}

/* Threads of this process only; clone3 hides its flags in memory, so it is "absent" and libraries use clone. */
static void allow_threads(struct program *program) {
    unsigned short begin = begin_call(program, SYS_clone);
    load(program, LOW_HALF(0));
    emit(program, (struct sock_filter) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0));
    refuse(program, EPERM);
    answer(program, SECCOMP_RET_ALLOW);
    end_call(program, begin);
}

static void allow_exec_once(struct program *program, const char *path) {
    unsigned short begin = begin_call(program, SYS_execveat);
    refuse_unless(program, LOW_HALF(0), RUNTIME_FD);
    refuse_unless(program, LOW_HALF(1), (uint32_t) (uintptr_t) path);
    refuse_unless(program, HIGH_HALF(1), (uint32_t) ((uint64_t) (uintptr_t) path >> 32));
    refuse_unless(program, LOW_HALF(4), AT_EMPTY_PATH);
    answer(program, SECCOMP_RET_ALLOW);
    end_call(program, begin);
}

/*
 * Mode and times of open files: nothing is done, and 0 is the answer. Copying files asks for it, and Landlock does not guard it,
 * not even for files that may only be read and that others share. Of paths they are refused.
 */
static void pretend_for_open_files(struct program *program) {
    answer_if(program, SYS_fchmod, SECCOMP_RET_ERRNO);
    unsigned short begin = begin_call(program, SYS_utimensat);
    refuse_unless(program, LOW_HALF(1), 0);
    refuse_unless(program, HIGH_HALF(1), 0);
    answer(program, SECCOMP_RET_ERRNO);
    end_call(program, begin);
}

static void check_architecture(struct program *program) {
    load(program, offsetof(struct seccomp_data, arch));
    emit(program, (struct sock_filter) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, THIS_ARCHITECTURE, 1, 0));
    answer(program, SECCOMP_RET_KILL_PROCESS);
    load(program, offsetof(struct seccomp_data, nr));
    /* Also catches x32, whose numbers start at 2^30. */
    emit(program, (struct sock_filter) BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, NEWEST_KNOWN_CALL, 0, 1));
    refuse(program, ENOSYS);
}

int filter_system_calls(const char *exec_path_pointer, const char **what) {
    static struct program program;
    program.length = 0;
    check_architecture(&program);
    for (size_t i = 0; i < COUNT(ALLOWED); i++) answer_if(&program, (uint32_t) ALLOWED[i], SECCOMP_RET_ALLOW);
    answer_if(&program, CLONE3, SECCOMP_RET_ERRNO | ENOSYS);
    answer_if(&program, IO_URING_SETUP, SECCOMP_RET_ERRNO | ENOSYS);
    answer_if(&program, EPOLL_PWAIT2, SECCOMP_RET_ERRNO | ENOSYS);
    allow_threads(&program);
    if (exec_path_pointer != NULL) allow_exec_once(&program, exec_path_pointer);
    pretend_for_open_files(&program);
    allow_if_own(&program, SYS_kill, (uint32_t) getpid());
    allow_if_own(&program, SYS_tgkill, (uint32_t) getpid());
    allow_if_own(&program, SYS_prlimit64, 0);
    allow_if_among(&program, SYS_fcntl, 1, FCNTL_COMMANDS, COUNT(FCNTL_COMMANDS));
    allow_if_among(&program, SYS_ioctl, 1, IOCTL_REQUESTS, COUNT(IOCTL_REQUESTS));
    allow_if_among(&program, SYS_prctl, 0, PRCTL_OPTIONS, COUNT(PRCTL_OPTIONS));
    refuse(&program, EPERM);

    *what = "seccomp";
    struct sock_fprog filter = {.len = program.length, .filter = program.code};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0);
}
