/**
 * The resumable byte channel between two ends, as bytes and decisions only: frames and their encoding, offsets, windows,
 * replay. No threads, no sockets, no clock: whoever uses it brings those.
 *
 * <p>Invariant: every byte given to one end comes out of the other once and in order, or both learn that the tunnel
 * failed; and no buffer in here grows beyond the window that bounds it.
 */
@NullMarked
package io.bascule.tunnel;

import org.jspecify.annotations.NullMarked;
