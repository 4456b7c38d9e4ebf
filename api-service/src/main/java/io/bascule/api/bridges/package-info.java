/**
 * Bridges: which ones are up, and which agents are on them. Bridges report every second; what they report is presence,
 * kept in Redis for ten seconds, so it is either fresh or gone. Invariant: after Redis lost its data, one full report of
 * each bridge brings everything back.
 */
@NullMarked
package io.bascule.api.bridges;

import org.jspecify.annotations.NullMarked;
