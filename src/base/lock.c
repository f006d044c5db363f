#include "base/lock.h"

#include <errno.h>
#include <sys/file.h>
#include <time.h>

#define TRIES_A_SECOND 50
#define NANOSECONDS    1000000000L

static void sleep_between_tries(void)
{
    const struct timespec pause = {0, NANOSECONDS / TRIES_A_SECOND};

    nanosleep(&pause, NULL);
}

int lock_take(int descriptor, enum lock lock)
{
    int operation = (lock == LOCK_ALONE ? LOCK_EX : LOCK_SH) | LOCK_NB;

    for (int try = 0; try < LOCK_PATIENCE_SECONDS * TRIES_A_SECOND; try++) {
        if (flock(descriptor, operation) == 0 || errno != EWOULDBLOCK)
            return 0;
        sleep_between_tries();
    }
    return -1;
}
