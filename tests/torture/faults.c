/* Fails or kills a process at its n-th call that writes: loaded before the C library (LD_PRELOAD), it sees SQLite's own
   calls too. access("/sto-fault:N:ERRNO:STICKY") arms it; an errno of 0 kills, and STICKY lets all later calls fail too.
   access("/sto-record:FILE") writes every such call to a file instead, with its data (see power.py). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
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

static int record = -1;

/* One call: what, the file, a place in it, a size, and as many bytes as that: data, or a path (two of a rename). */
struct call { char what; int file; long long at, size; };

static void told(char what, int file, long long at, const void *data, long long size) {
    if (record < 0 || file == record) return;
    struct call head = {what, file, at, size};
    syscall(SYS_write, record, &head, sizeof head);
    if (data) syscall(SYS_write, record, data, size);
}

static void told_path(char what, int file, long long at, const char *path) { told(what, file, at, path, strlen(path)); }

static void told_two(char what, const char *one, const char *two) {
    char both[8192];
    int size = snprintf(both, sizeof both, "%s\n%s", one, two);
    told(what, -1, 0, both, size);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int access(const char *path, int mode) {
    if (!strncmp(path, "/sto-record:", 12)) {
        record = syscall(SYS_openat, AT_FDCWD, path + 12, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        return record < 0 ? -1 : 0;
    }
    if (!strncmp(path, "/sto-fault:", 11)) return sscanf(path + 11, "%ld:%d:%d", &left, &code, &sticky) == 3 ? 0 : -1;
    return REAL(access)(path, mode);
}

ssize_t write(int fd, const void *data, size_t size) {
    if (fd > 2 && hit()) return -1;
    off_t at = record < 0 ? 0 : lseek(fd, 0, SEEK_CUR);
    ssize_t done = REAL(write)(fd, data, size);
    if (done > 0) told('w', fd, at, data, done);
    return done;
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    if (hit()) return -1;
    ssize_t done = REAL(pwrite)(fd, data, size, at);
    if (done > 0) told('w', fd, at, data, done);
    return done;
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) { return pwrite(fd, data, size, at); }
ssize_t sendfile(int out, int in, off_t *from, size_t size) {
    if (hit()) return -1;
    if (record < 0) return REAL(sendfile)(out, in, from, size);
    /* As a copy through memory, so that the data can be told. */
    static char part[1 << 16];
    ssize_t got = pread(in, part, size < sizeof part ? size : sizeof part, from ? *from : lseek(in, 0, SEEK_CUR));
    if (got <= 0) return got;
    ssize_t done = write(out, part, got);
    if (done > 0 && from) *from += done;
    else if (done > 0) lseek(in, done, SEEK_CUR);
    return done;
}
ssize_t sendfile64(int out, int in, off64_t *from, size_t size) { return sendfile(out, in, from, size); }
#define ON_FILE(name, what)                                             \
    int name(int fd) {                                                  \
        if (hit()) return -1;                                           \
        int done = REAL(name)(fd);                                      \
        if (!done) told(what, fd, 0, 0, 0);                             \
        return done;                                                    \
    }
ON_FILE(fsync, 's')
ON_FILE(fdatasync, 's')
int close(int fd) { told('c', fd, 0, 0, 0); return REAL(close)(fd); }
int ftruncate(int fd, off_t size) {
    if (hit()) return -1;
    int done = REAL(ftruncate)(fd, size);
    if (!done) told('t', fd, size, 0, 0);
    return done;
}
int ftruncate64(int fd, off64_t size) { return ftruncate(fd, size); }
int rename(const char *from, const char *to) {
    if (hit()) return -1;
    int done = REAL(rename)(from, to);
    if (!done) told_two('r', from, to);
    return done;
}
int mkdir(const char *path, mode_t mode) {
    /* What is there already is never refused. */
    if (REAL(access)(path, F_OK) && hit()) return -1;
    int done = REAL(mkdir)(path, mode);
    if (!done) told_path('m', -1, 0, path);
    return done;
}
static int removed(int done, const char *path) {
    if (!done) told_path('u', AT_FDCWD, 0, path);
    return done;
}
int unlink(const char *path) {
    /* What is not there is never refused, and removing needs no room. */
    if (REAL(access)(path, F_OK) || (code == ENOSPC && left >= 0)) return removed(REAL(unlink)(path), path);
    return hit() ? -1 : removed(REAL(unlink)(path), path);
}
int rmdir(const char *path) { return removed(REAL(rmdir)(path), path); }
int unlinkat(int place, const char *path, int flags) {
    int done = REAL(unlinkat)(place, path, flags);
    if (!done) told_path('u', place, 0, path);
    return done;
}

#define WRITES(flags) ((flags) & (O_WRONLY | O_RDWR | O_CREAT))
#define OPENS(name)                                                     \
    int name(const char *path, int flags, ...) {                        \
        va_list rest;                                                   \
        va_start(rest, flags);                                          \
        mode_t mode = va_arg(rest, mode_t);                             \
        va_end(rest);                                                   \
        if (WRITES(flags) && hit()) return -1;                          \
        int file = REAL(name)(path, flags, mode);                       \
        if (file >= 0) told_path('o', file, flags | (long long)AT_FDCWD << 32, path); \
        return file;                                                    \
    }
OPENS(open)
OPENS(open64)
#define OPENS_AT(name)                                                  \
    int name(int place, const char *path, int flags, ...) {             \
        va_list rest;                                                   \
        va_start(rest, flags);                                          \
        mode_t mode = va_arg(rest, mode_t);                             \
        va_end(rest);                                                   \
        if (WRITES(flags) && hit()) return -1;                          \
        int file = REAL(name)(place, path, flags, mode);                \
        if (file >= 0) told_path('o', file, flags | (long long)place << 32, path); \
        return file;                                                    \
    }
OPENS_AT(openat)
OPENS_AT(openat64)
