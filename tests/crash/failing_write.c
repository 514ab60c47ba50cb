/* Fails the Nth write, sync or truncation of this process, and the next few, as a dying or a full disk does.
   N and how many fail are read from the file named by FAILING_WRITE, "N M", on first use. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static long nth = -1, many = 0, seen = 0;

static int fails(int fd) {
    if (fd <= 2) return 0;
    if (nth < 0) {
        const char *order = getenv("FAILING_WRITE");
        nth = 0;
        if (order) sscanf(order, "%ld %ld", &nth, &many);
    }
    seen++;
    if (nth == 0 || seen < nth || seen >= nth + many) return 0;
    errno = seen % 2 ? EIO : ENOSPC;
    return 1;
}

#define REAL(name, type) ((type)dlsym(RTLD_NEXT, name))

ssize_t pwrite64(int fd, const void *buf, size_t n, off64_t at) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = REAL("pwrite64", ssize_t (*)(int, const void *, size_t, off64_t));
    return fails(fd) ? -1 : real(fd, buf, n, at);
}
ssize_t pwrite(int fd, const void *buf, size_t n, off_t at) { return pwrite64(fd, buf, n, at); }
int fsync(int fd) {
    static int (*real)(int);
    if (!real) real = REAL("fsync", int (*)(int));
    return fails(fd) ? -1 : real(fd);
}
int fdatasync(int fd) {
    static int (*real)(int);
    if (!real) real = REAL("fdatasync", int (*)(int));
    return fails(fd) ? -1 : real(fd);
}
int ftruncate64(int fd, off64_t n) {
    static int (*real)(int, off64_t);
    if (!real) real = REAL("ftruncate64", int (*)(int, off64_t));
    return fails(fd) ? -1 : real(fd, n);
}
