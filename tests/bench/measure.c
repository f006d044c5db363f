/*
 * Runs a command and tells what it took.
 *
 *   measure COMMAND...             runs it once
 *   measure -f LIST COMMAND...     once for each path in the file LIST; in
 *                                  COMMAND %f is the path, %z its zone
 *
 * The command's output is thrown away; its errors are not.  Prints user and
 * system time of all processes in seconds, the most memory that one of them had
 * in MB, and how long it all took in seconds.  Ends with 1 where the command
 * did not end with 0.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static bool command_run(char *const *argv)
{
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
                                     O_WRONLY, 0);
    errno = posix_spawnp(&child, argv[0], &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (errno != 0) {
        perror(argv[0]);
        return false;
    }
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return false;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    fprintf(stderr, "measure: %s ended with status %d\n", argv[0],
            WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return false;
}

/* The name of the file without its directory and its suffix. */
static char *path_zone(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *zone = strdup(slash ? slash + 1 : path);
    char *dot = zone ? strrchr(zone, '.') : NULL;

    if (dot)
        *dot = '\0';
    return zone;
}

static bool command_run_for(char *const *argv, int argc, char *path)
{
    char **filled = calloc((size_t)argc + 1, sizeof(*filled));
    char *zone = path_zone(path);
    bool done = false;

    for (int i = 0; filled && zone && i < argc; i++)
        filled[i] = strcmp(argv[i], "%f") == 0   ? path
                    : strcmp(argv[i], "%z") == 0 ? zone
                                                 : argv[i];
    if (filled && zone)
        done = command_run(filled);
    free(filled);
    free(zone);
    return done;
}

static bool command_run_for_each(char *const *argv, int argc, const char *list)
{
    FILE *stream = fopen(list, "r");
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    bool done = stream != NULL;

    if (!stream)
        perror(list);
    while (done && (length = getline(&line, &capacity, stream)) > 0) {
        if (line[length - 1] == '\n')
            line[length - 1] = '\0';
        done = command_run_for(argv, argc, line);
    }
    free(line);
    if (stream)
        fclose(stream);
    return done;
}

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double seconds_since(struct timespec start)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start.tv_sec) +
           (double)(now.tv_nsec - start.tv_nsec) / 1e9;
}

int main(int argc, char **argv)
{
    bool has_list = argc > 2 && strcmp(argv[1], "-f") == 0;
    int first = has_list ? 3 : 1;
    struct timespec start;
    struct rusage usage;
    bool done;

    if (argc <= first) {
        fputs("usage: measure [-f LIST] COMMAND...\n", stderr);
        return 2;
    }
    clock_gettime(CLOCK_MONOTONIC, &start);
    done = has_list ? command_run_for_each(argv + first, argc - first, argv[2])
                    : command_run(argv + first);
    getrusage(RUSAGE_CHILDREN, &usage);
    printf("%.6f %.1f %.6f\n",
           seconds(usage.ru_utime) + seconds(usage.ru_stime),
           (double)usage.ru_maxrss / 1024, seconds_since(start));
    return done ? 0 : 1;
}
