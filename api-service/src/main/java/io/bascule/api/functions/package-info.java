/**
 * Functions: users' own code under a name, in versions that never change. Running one is submitting a {@code code.run}
 * task; nothing of a function is executed in this service.
 */
@NullMarked
package io.bascule.api.functions;

import org.jspecify.annotations.NullMarked;
