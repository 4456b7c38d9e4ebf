/**
 * What of tasks is kept in object storage: results too large for a row, and the logs of ended tasks. Keys are made from what the
 * platform knows of a task, never from what it said. docs/adr/0006-object-storage.md says why.
 */
@NullMarked
package io.bascule.tasks.object;

import org.jspecify.annotations.NullMarked;
