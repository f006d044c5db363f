/*
 * Names of temporary files, and what becomes of those of runs that were
 * killed.
 *
 *     .sip.contoso.com.zone.ocszone-4711-0    process 4711, the first try
 */
#ifndef BASE_TEMPORARY_H
#define BASE_TEMPORARY_H

#define TEMPORARY_SIZE 264 /* of any name, with its NUL */

/* The name of this process for a temporary beside the file. */
void temporary_name(char name[TEMPORARY_SIZE], const char *file, unsigned try);

/*
 * Removes all temporaries from the directory that is open as descriptor,
 * unless another run has called this for it and has it open still.  Never
 * fails: what cannot be removed stays.
 */
void temporary_sweep(int descriptor);

#endif
