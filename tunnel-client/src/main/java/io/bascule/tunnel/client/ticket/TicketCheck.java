package io.bascule.tunnel.client.ticket;

/** Whether a ticket was signed by the platform and is still good. */
public sealed interface TicketCheck {

    /** Signed, complete and in time. */
    record Good(Ticket ticket) implements TicketCheck {}

    /** Not to be believed; the reason says which check failed and may be shown to the one who sent it. */
    record Bad(String reason) implements TicketCheck {}
}
