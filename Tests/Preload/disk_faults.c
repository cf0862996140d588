// A disk that is slow or broken, for a server that knows nothing of it: loaded before the C library (LD_PRELOAD), it takes
// the place of what SQLite writes with. Built by those who use it: cc -shared -fPIC -o disk_faults.so disk_faults.c
//
// DISK_FAULTS names a file of rules, which is read anew at each call, so that a disk can break and be mended while it is in
// use. A rule is a line: the end of a path (`*` is any), what happens, and a number.
//
//     usher.db-wal sync-delay 2       each sync takes 2 ms longer
//     usher.db-wal sync-error 5       each sync fails with this errno (5: EIO)
//     usher.db write-error 28         each write fails with this errno (28: ENOSPC)
//     usher.db write-lost 1           each write says that it was done, and was not
//     usher.db sync-loses 1           a sync that fails takes back what was written since the one before: what Linux shows
//                                     of the file when it needs the memory of the pages that it could not write
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int ends_with(const char *text, const char *end) {
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

/// The number of the first rule that says `what` about the open file; 0 when there is none.
static int rule(int file, const char *what) {
    const char *name = getenv("DISK_FAULTS");
    FILE *rules = name == NULL ? NULL : fopen(name, "re");
    if (rules == NULL) return 0;
    char link[64], path[PATH_MAX], end[256], action[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = 0;
    int number, found = 0;
    while (found == 0 && fscanf(rules, "%255s %31s %d", end, action, &number) == 3) {
        if (strcmp(action, what) == 0 && (strcmp(end, "*") == 0 || ends_with(path, end))) found = number;
    }
    fclose(rules);
    return found;
}

/// What was in a file before a write that no sync has followed yet.
struct before {
    dev_t device;
    ino_t inode;
    off64_t place;
    size_t count;
    struct before *next;
    char bytes[];
};

static struct before *unsynced;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);

static void remember(int file, size_t count, off64_t place) {
    struct stat status;
    struct before *before = calloc(1, sizeof *before + count);
    if (before == NULL || fstat(file, &status) != 0 || pread64(file, before->bytes, count, place) < 0) abort();
    before->device = status.st_dev, before->inode = status.st_ino, before->place = place, before->count = count;
    pthread_mutex_lock(&lock);
    before->next = unsynced, unsynced = before;
    pthread_mutex_unlock(&lock);
}

/// Forgets what was written to the file since the last sync, and takes it back, the latest first, if it is lost.
static void settle(int file, int is_lost) {
    struct stat status;
    if (fstat(file, &status) != 0) abort();
    pthread_mutex_lock(&lock);
    for (struct before **link = &unsynced; *link != NULL;) {
        struct before *before = *link;
        if (before->device == status.st_dev && before->inode == status.st_ino) {
            if (is_lost && real_pwrite(file, before->bytes, before->count, before->place) < 0) abort();
            *link = before->next;
            free(before);
        } else {
            link = &before->next;
        }
    }
    pthread_mutex_unlock(&lock);
}

/// Waits and fails as the rules say; -1 when the call has failed.
static int sync_faults(int file) {
    int delay = rule(file, "sync-delay");
    if (delay > 0) {
        struct timespec pause = {delay / 1000, delay % 1000 * 1000000L};
        while (nanosleep(&pause, &pause) != 0 && errno == EINTR) {}
    }
    int error = rule(file, "sync-error");
    settle(file, error != 0 && rule(file, "sync-loses") != 0);
    if (error == 0) return 0;
    errno = error;
    return -1;
}

/// What the write is to return; 0 when it is to be done.
static ssize_t write_faults(int file, size_t count) {
    if (rule(file, "write-lost") != 0) return (ssize_t)count;
    int error = rule(file, "write-error");
    if (error == 0) return 0;
    errno = error;
    return -1;
}

int fsync(int file) {
    static int (*real)(int);
    if (real == NULL) *(void **)&real = dlsym(RTLD_NEXT, "fsync");
    return sync_faults(file) < 0 ? -1 : real(file);
}

int fdatasync(int file) {
    static int (*real)(int);
    if (real == NULL) *(void **)&real = dlsym(RTLD_NEXT, "fdatasync");
    return sync_faults(file) < 0 ? -1 : real(file);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t place) {
    if (real_pwrite == NULL) *(void **)&real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    ssize_t fault = write_faults(file, count);
    if (fault != 0) return fault;
    if (rule(file, "sync-loses") != 0) remember(file, count, place);
    return real_pwrite(file, bytes, count, place);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t place) { return pwrite64(file, bytes, count, place); }
