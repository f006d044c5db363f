/*
 * A lock on a directory, which goes when its descriptor is closed, also when
 * the run is killed.
 */
#ifndef BASE_LOCK_H
#define BASE_LOCK_H

#define LOCK_PATIENCE_SECONDS 10

enum lock {
    LOCK_SHARED, /* with others that share it */
    LOCK_ALONE
};

/*
 * Takes the lock, or turns the one that is held into this one.  Waits for
 * others, and returns -1 when they have not let go in LOCK_PATIENCE_SECONDS.
 * Where the file system has no locks that counts as a lock.
 */
int lock_take(int descriptor, enum lock lock);

#endif
