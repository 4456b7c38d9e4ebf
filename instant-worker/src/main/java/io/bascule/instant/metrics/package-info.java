/** The gauge that scales this worker: instant_tasks_jobs_total, whose sum over all pods is active plus waiting. */
@NullMarked
package io.bascule.instant.metrics;

import org.jspecify.annotations.NullMarked;
