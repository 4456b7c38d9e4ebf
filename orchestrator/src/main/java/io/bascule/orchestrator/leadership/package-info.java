/** One leader among the replicas, by a lease row with a fence: a deposed leader's writes change nothing. Takeover within the lease's length. */
@NullMarked
package io.bascule.orchestrator.leadership;

import org.jspecify.annotations.NullMarked;
