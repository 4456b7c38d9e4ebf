/**
 * The stores of the local platform: PostgreSQL and Redis from their own binaries, with data that survives a restart,
 * reachable from this machine alone and only with a generated password.
 */
@NullMarked
package io.bascule.local.store;

import org.jspecify.annotations.NullMarked;
