package io.bascule.agent.platform;

import io.bascule.tunnel.client.EndIdentity;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An agent's membership as it is now: in memory, and in its folder for the next start. A folder that cannot be written to
 * is told once and stops nothing. Safe for use by many threads.
 */
public final class KeptMembership {

    private static final Logger LOG = LoggerFactory.getLogger(KeptMembership.class);

    private final StateDirectory state;
    private volatile Membership now;
    private boolean told;

    public KeptMembership(StateDirectory state, Membership membership) {
        this.state = state;
        this.now = membership;
    }

    public Membership get() {
        return now;
    }

    /** Takes the bridges as they are now. */
    public synchronized void replaceBridges(List<BridgeLocation> up) {
        Membership next = now.withBridges(up);
        keep(() -> state.saveMembership(next));
        now = next;
    }

    /**
     * Takes a new certificate.
     *
     * @param listener makes use of it, before it counts as the agent's
     * @throws IllegalArgumentException if it cannot be used; all is as it was then
     */
    synchronized Membership replaceCertificate(EndIdentity identity, Renewed renewed, Consumer<Membership> listener) {
        Map<String, String> keys = TicketKey.byId(renewed.ticketKeys());
        Membership next = now.renewed(
                identity.certified(renewed.certificate(), renewed.authorities()),
                keys.isEmpty() ? now.ticketKeys() : keys);
        listener.accept(next);
        keep(() -> {
            state.saveIdentity(identity, renewed.certificate(), renewed.authorities());
            state.saveMembership(next);
        });
        now = next;
        return next;
    }

    private void keep(Runnable write) {
        try {
            write.run();
            told = false;
        } catch (AgentStateException unwritable) {
            if (!told) {
                LOG.warn(
                        "{}; the agent goes on with what is new in memory, but its next start knows only what is there",
                        unwritable.getMessage());
            }
            told = true;
        }
    }
}
