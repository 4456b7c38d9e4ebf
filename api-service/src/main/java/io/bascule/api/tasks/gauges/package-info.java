/**
 * The platform-wide gauges that the autoscalers read, in the scrape of the one pod that holds the lease. Read from the tables
 * at the scrape, so they are true whatever pod holds it; the other pods omit them.
 */
@NullMarked
package io.bascule.api.tasks.gauges;

import org.jspecify.annotations.NullMarked;
