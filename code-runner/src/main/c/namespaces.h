/* What a job sees of the machine where namespaces can be had. */
#ifndef BASCULE_NAMESPACES_H
#define BASCULE_NAMESPACES_H

#include "sandbox.h"

struct view {
    const char *directory; /* an empty one, where the view is put together; NULL at the level without namespaces */
    const char *shown[3 * MAX_PATHS];
    size_t count;
    uint64_t disk_bytes; /* of the directory of a job, exactly */
    uint64_t files;
};

/*
 * Puts this process, which must have one thread and reap its descendants' orphans, into namespaces of its own and builds
 * the view there. Returns 0, or -1 with errno and *what naming the step that failed; the process is then of no more use.
 */
int make_view(const struct view *view, const char **what);

/* As fork(), but the child is the first of its own processes. It is a child of the caller once this has returned. */
pid_t make_in_namespaces(pid_t (*make_process)(void));

/* An empty file system in memory, exactly as large as a job's directory may be: its descriptor, or -1. */
int make_own_directory(const struct view *view);

/* Where a job sees its bundle, if it has one. */
#define BUNDLE_PLACE "/bundle"

/*
 * In such a child: gives it that directory, shows it the bundle unless that is NULL, and takes everything from sight that is
 * not in the view.
 */
int enter_view(const struct view *view, int directory, const char *bundle, const char **what);

#endif
