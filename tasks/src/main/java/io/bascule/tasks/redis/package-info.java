/** What connections to Redis need beyond the client's own: one that is silent is given up, so that it is made anew. */
@NullMarked
package io.bascule.tasks.redis;

import org.jspecify.annotations.NullMarked;
