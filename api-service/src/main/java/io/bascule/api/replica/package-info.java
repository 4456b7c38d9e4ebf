/**
 * The read replica, which is optional: long reads of what does not change any more go there, as long as it has everything that the
 * primary had when the read was asked for. Invariant: whoever reads here finds what was committed before.
 */
@NullMarked
package io.bascule.api.replica;

import org.jspecify.annotations.NullMarked;
