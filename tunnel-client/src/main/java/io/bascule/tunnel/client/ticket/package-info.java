/**
 * Tickets: what the API signed when it let a tunnel be opened. Bridge and agent read them here, so that both believe the
 * same signature and the same claims; what else a ticket must fit is theirs to check.
 */
@NullMarked
package io.bascule.tunnel.client.ticket;

import org.jspecify.annotations.NullMarked;
