/*
 * Directories for the files of tests.
 *
 * What a test that fails leaves behind, its own teardown does not see: it ends
 * in another process.  So all directories lie in one, which is made before the
 * first test of a case and goes away behind the last:
 *
 *     tcase_add_unchecked_fixture(files, scratch_make, scratch_remove);
 *     tcase_add_checked_fixture(files, setup, teardown);
 *
 * setup() asks for scratch_directory(), and teardown() leaves it alone.
 */
#ifndef UNIT_SCRATCH_H
#define UNIT_SCRATCH_H

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/arena.h"

static char scratch_root[4096];

static inline void scratch_make(void)
{
    const char *parent = getenv("TMPDIR");

    snprintf(scratch_root, sizeof scratch_root, "%s/ocszone-check.XXXXXX",
             parent ? parent : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(scratch_root));
    /* For tests that go on as another user. */
    ck_assert_int_eq(chmod(scratch_root, 0755), 0);
}

/* Directories come behind what is in them. */
static inline int scratch_remove_entry(const char *path,
                                       const struct stat *status, int kind,
                                       struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

static inline void scratch_remove(void)
{
    nftw(scratch_root, scratch_remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

/* A new one; its path is in the arena that is lent. */
static inline char *scratch_directory(struct arena *lent)
{
    char *path = arena_printf(lent, "%s/XXXXXX", scratch_root);

    ck_assert_ptr_nonnull(mkdtemp(path));
    return path;
}

#endif
