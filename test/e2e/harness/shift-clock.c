/*
 * Preloaded into the browser, this library moves the browser's wall clock: every reading of CLOCK_REALTIME gets the
 * number of seconds added that stands in the 8-byte file named by CSO_CLOCK_FILE. The file is mapped shared, so writing
 * a new number moves time in all processes of the running browser at once. Monotonic clocks stay as they are: timers
 * and animations go on at their own pace, as they do when a laptop wakes up or somebody sets the date.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const int64_t no_offset = 0;
static _Atomic(const volatile int64_t *) offset_seconds = NULL;

/* Processes start threads before main; two of them mapping the file at the same time is harmless. */
static const volatile int64_t *offset(void) {
  const volatile int64_t *known = atomic_load(&offset_seconds);
  if (known) return known;
  known = &no_offset;
  const char *path = getenv("CSO_CLOCK_FILE");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file >= 0) {
    void *mapped = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (mapped != MAP_FAILED) known = mapped;
  }
  atomic_store(&offset_seconds, known);
  return known;
}

/* Maps the file before the sandbox closes the file system. */
__attribute__((constructor)) static void prepare(void) { offset(); }

/* The system call instead of libc's function: looking that one up allocates memory, which may read the clock. */
int clock_gettime(clockid_t clock, struct timespec *now) {
  int failed = (int)syscall(SYS_clock_gettime, clock, now);
  if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += *offset();
  return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  (void)zone;
  struct timespec precise;
  int failed = clock_gettime(CLOCK_REALTIME, &precise);
  if (!failed && now) {
    now->tv_sec = precise.tv_sec;
    now->tv_usec = precise.tv_nsec / 1000;
  }
  return failed;
}

time_t time(time_t *now) {
  struct timespec precise;
  clock_gettime(CLOCK_REALTIME, &precise);
  if (now) *now = precise.tv_sec;
  return precise.tv_sec;
}
