package io.bascule.tunnel.client.ticket;

import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The newest tickets whose signature was found right, so that it is not verified again a moment later: both ends of a tunnel show
 * a bridge the same one. Bounded: a ticket that is not among them any more is verified as if it were new. Safe for use by many threads.
 */
final class VerifiedTickets {

    static final int MOST = 256;

    private final SequencedMap<String, Verified> byText = new LinkedHashMap<>();

    /**
     * What a signature says as long as its key is believed.
     *
     * @param keyId under which the key was known
     */
    record Verified(Ticket ticket, String keyId, PublicKey key) {}

    synchronized Optional<Verified> find(String compact) {
        return Optional.ofNullable(byText.get(compact));
    }

    synchronized void add(String compact, Verified verified) {
        byText.putLast(compact, verified);
        if (byText.size() > MOST) {
            byText.pollFirstEntry();
        }
    }
}
