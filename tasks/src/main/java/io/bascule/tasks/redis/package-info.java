/**
 * Connections to Redis, one server or a cluster, and what they need beyond the client's own: one that is silent is given up, so
 * that it is made anew, and who listens finds the node where it is looked for.
 */
@NullMarked
package io.bascule.tasks.redis;

import org.jspecify.annotations.NullMarked;
