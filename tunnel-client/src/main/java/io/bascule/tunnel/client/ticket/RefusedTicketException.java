package io.bascule.tunnel.client.ticket;

/** A ticket that breaks a rule; the message names the claim. */
final class RefusedTicketException extends Exception {

    RefusedTicketException(String message) {
        super(message);
    }
}
