/* Fails or kills a process at its n-th call that writes: loaded before the C library (LD_PRELOAD), it sees SQLite's own
   calls too. access("/sto-fault:N:ERRNO:STICKY") arms it; an errno of 0 kills, and STICKY lets all later calls fail too. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long left = -1;
static int code, sticky;

static int hit(void) {
    if (left < 0) return 0;
    if (left > 0) left--;
    if (left > 0) return 0;
    if (!code) { kill(getpid(), SIGKILL); for (;;) pause(); }
    if (!sticky) left = -1;
    errno = code;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int access(const char *path, int mode) {
    if (!strncmp(path, "/sto-fault:", 11)) return sscanf(path + 11, "%ld:%d:%d", &left, &code, &sticky) == 3 ? 0 : -1;
    return REAL(access)(path, mode);
}

ssize_t write(int fd, const void *data, size_t size) {
    return fd > 2 && hit() ? -1 : REAL(write)(fd, data, size);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return hit() ? -1 : REAL(pwrite)(fd, data, size, at); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    return hit() ? -1 : REAL(pwrite64)(fd, data, size, at);
}
int fsync(int fd) { return hit() ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return hit() ? -1 : REAL(fdatasync)(fd); }
int ftruncate(int fd, off_t size) { return hit() ? -1 : REAL(ftruncate)(fd, size); }
int ftruncate64(int fd, off64_t size) { return hit() ? -1 : REAL(ftruncate64)(fd, size); }
int rename(const char *from, const char *to) { return hit() ? -1 : REAL(rename)(from, to); }
int unlink(const char *path) {
    /* What is not there is never refused, and removing needs no room. */
    if (REAL(access)(path, F_OK) || (code == ENOSPC && left >= 0)) return REAL(unlink)(path);
    return hit() ? -1 : REAL(unlink)(path);
}

#define WRITES(flags) ((flags) & (O_WRONLY | O_RDWR | O_CREAT))
#define OPENS(name)                                                     \
    int name(const char *path, int flags, ...) {                        \
        va_list rest;                                                   \
        va_start(rest, flags);                                          \
        mode_t mode = va_arg(rest, mode_t);                             \
        va_end(rest);                                                   \
        return WRITES(flags) && hit() ? -1 : REAL(name)(path, flags, mode); \
    }
OPENS(open)
OPENS(open64)
#define OPENS_AT(name)                                                  \
    int name(int place, const char *path, int flags, ...) {             \
        va_list rest;                                                   \
        va_start(rest, flags);                                          \
        mode_t mode = va_arg(rest, mode_t);                             \
        va_end(rest);                                                   \
        return WRITES(flags) && hit() ? -1 : REAL(name)(place, path, flags, mode); \
    }
OPENS_AT(openat)
OPENS_AT(openat64)
