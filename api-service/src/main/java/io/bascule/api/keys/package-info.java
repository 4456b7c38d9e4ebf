/**
 * The platform's own keys, of its certificate authority and of its tickets, and those of workspaces for their secrets.
 * Invariant: a private half or a workspace's key is in the database only encrypted under the operator's master key, and
 * however many pods start at once, a purpose gets one first key.
 */
@NullMarked
package io.bascule.api.keys;

import org.jspecify.annotations.NullMarked;
