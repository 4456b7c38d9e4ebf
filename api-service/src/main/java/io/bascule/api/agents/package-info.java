/**
 * Agents: programs in private networks that dial out. Invariant: an agent gets a certificate only for a join token that
 * nobody used before, and none of a revoked agent is good for anything new.
 */
@NullMarked
package io.bascule.api.agents;

import org.jspecify.annotations.NullMarked;
