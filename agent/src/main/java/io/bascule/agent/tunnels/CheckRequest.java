package io.bascule.agent.tunnels;

import io.bascule.tunnel.ResetCode;
import io.bascule.tunnel.client.ticket.Ticket;
import io.bascule.tunnel.client.ticket.TicketCheck;
import io.bascule.tunnel.client.ticket.TicketReader;
import java.util.UUID;

/** Whether the API lets this agent open what a bridge asks for. The bridge itself is believed nothing. */
final class CheckRequest {

    private final TicketReader tickets;
    private final UUID agent;

    CheckRequest(TicketReader tickets, UUID agent) {
        this.tickets = tickets;
        this.agent = agent;
    }

    /** What came of the check. */
    sealed interface Verdict {

        /** The ticket's target may be dialled for a new tunnel. */
        record MayOpen(Ticket ticket) implements Verdict {}

        /** A tunnel that is here may go on; nothing may be dialled. */
        record MayGoOn() implements Verdict {}

        record Denied(Refusal refusal) implements Verdict {}
    }

    Verdict check(OpenRequest request) {
        return switch (tickets.read(request.ticket())) {
            case TicketCheck.Bad(String reason) -> denied(reason);
            case TicketCheck.Good(Ticket ticket) -> check(request, ticket);
        };
    }

    private Verdict check(OpenRequest request, Ticket ticket) {
        if (!ticket.agent().equals(agent)) {
            return denied("ticket: for another agent");
        }
        if (!ticket.tunnel().equals(request.tunnel())) {
            return denied("ticket: for another tunnel");
        }
        if (!ticket.bridge().equals(request.bridge().id())) {
            return denied("ticket: for another bridge");
        }
        if (!ticket.allows(request.epoch())) {
            return denied("ticket: epoch " + request.epoch() + " (expected: " + ticket.allowedEpochs() + ")");
        }
        return switch (ticket.use()) {
            case OPENING -> new Verdict.MayOpen(ticket);
            case STANDBY -> new Verdict.MayGoOn();
        };
    }

    private static Verdict denied(String reason) {
        return new Verdict.Denied(new Refusal(ResetCode.PROTOCOL_ERROR, "agent: " + reason));
    }
}
