/**
 * Tunnels: who may open which one over which bridge, and what is known of those that live. Invariant: a ticket exists
 * only for a decision that is in the audit log, and what a bridge reports late, twice or for a lower epoch changes
 * nothing.
 */
@NullMarked
package io.bascule.api.tunnels;

import org.jspecify.annotations.NullMarked;
