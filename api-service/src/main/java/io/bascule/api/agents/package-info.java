/**
 * Agents: programs in private networks that dial out. Invariant: an agent gets a certificate only for a join token that
 * nobody used before or for a certificate of its own that is still good, and none of a revoked agent is good for anything
 * new.
 */
@NullMarked
package io.bascule.api.agents;

import org.jspecify.annotations.NullMarked;
