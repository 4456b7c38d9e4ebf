package io.bascule.tunnel.client.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tunnel.client.proof.Inner;
import io.bascule.tunnel.client.ticket.VerifiedTickets.Verified;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VerifiedTicketsTests {

    private final VerifiedTickets tickets = new VerifiedTickets();

    @Test
    void onlyTheNewestAreRemembered() throws Exception {
        Verified verified = verified();
        for (int number = 0; number <= VerifiedTickets.MOST; number++) {
            tickets.add("ticket-" + number, verified);
        }

        assertThat(tickets.find("ticket-0")).isEmpty();
        assertThat(tickets.find("ticket-1")).contains(verified);
        assertThat(tickets.find("ticket-" + VerifiedTickets.MOST)).contains(verified);
    }

    private static Verified verified() throws Exception {
        var ticket = new Ticket(
                Ticket.Use.OPENING,
                "id",
                "bridge-0",
                null,
                new UUID(0, 1),
                1,
                "default",
                "ada",
                new Ticket.Target("r1", "db", "postgres", "127.0.0.1", 5432),
                new UUID(0, 2),
                "thumbprint",
                Inner.NONE,
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(60));
        return new Verified(
                ticket,
                "k1",
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());
    }
}
