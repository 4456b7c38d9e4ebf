/**
 * Which two legs belong together: a pure decision core. At most one pairing per tunnel and epoch; a stale epoch changes
 * nothing; every leg that is let in is sooner or later told how it ended. Threads, sockets and timers are elsewhere.
 */
@NullMarked
package io.bascule.bridge.pairing;

import org.jspecify.annotations.NullMarked;
