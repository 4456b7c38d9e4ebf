package io.bascule.bridge.legs;

import io.bascule.bridge.pairing.Occurrence;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.ResetCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/**
 * The tunnels of this bridge: those that are open, and for a while those that are over, so that late legs are told so.
 * Safe for use by many threads.
 */
public final class Tunnels {

    /** Longer than any ticket is good for, so that no ticket finds its tunnel forgotten. */
    private static final Duration REMEMBERED = Duration.ofMinutes(2);

    private final TunnelContext context;
    private final int maxTunnels;
    private final ConcurrentMap<UUID, Tunnel> tunnels = new ConcurrentHashMap<>();
    private volatile boolean admitting = true;

    Tunnels(TunnelContext context, int maxTunnels) {
        this.context = context;
        this.maxTunnels = maxTunnels;
    }

    /** Takes no new tunnel from now on; agents may still come to those that wait for them. */
    public void stopAdmitting() {
        admitting = false;
    }

    /** Ends a tunnel at both ends, if it is here. */
    public void reset(UUID tunnel, ResetCode code, String text) {
        find(tunnel).ifPresent(found -> found.handle(new Occurrence.Resetting(code, text)));
    }

    /** Ends whatever an agent carries. */
    public void resetOfAgent(UUID agent, ResetCode code, String text) {
        handleLive(tunnel -> tunnel.isFor(agent), new Occurrence.Resetting(code, text));
    }

    /** Lets go of all tunnels, for their ends to go on elsewhere. */
    public void abandonAll(String text) {
        context.migrations().timeIsOver();
        handleLive(_ -> true, new Occurrence.Abandoning(text));
    }

    /** Asks both ends of some tunnels that were not asked before to go on elsewhere; says how many were asked. */
    public int migrate(int atMost, Duration timeLeft) {
        Frame.Migrate migrate = new Frame.Migrate(timeLeft.toMillis(), "");
        int asked = 0;
        for (Tunnel tunnel : liveOnes()) {
            if (asked < atMost && tunnel.migrate(migrate)) {
                asked++;
            }
        }
        return asked;
    }

    /** How many were asked to go on elsewhere since then, and are still here. */
    public int movingSince(Instant moment) {
        return (int) liveOnes().stream()
                .filter(tunnel -> tunnel.isMovingSince(moment))
                .count();
    }

    /** An agent says that it will not come; believed only of the agent that the ticket names. */
    public void refusedByAgent(UUID agent, UUID tunnel, Occurrence.AgentRefusing refusal) {
        find(tunnel).filter(found -> found.isFor(agent)).ifPresent(found -> found.refusedByAgent(refusal));
    }

    /** Tunnels that have been paired and are not over. */
    public List<OpenTunnel> open() {
        return liveOnes().stream().map(Tunnel::open).flatMap(Optional::stream).toList();
    }

    /** Tunnels that count against the limit: open ones and those that wait for their agent. */
    public int live() {
        return context.ledger().live();
    }

    /** Waits until all tunnels are over; says whether that came about in time. */
    public boolean awaitNone(Duration timeout) throws InterruptedException {
        return context.ledger().awaitNone(timeout);
    }

    /** Ends what waited too long; to be called a few times a second. */
    void endLate() {
        handleLive(_ -> true, new Occurrence.TimePassing());
    }

    /** Forgets what ended long ago, of which there may be two minutes' worth; to be called every few seconds. */
    void forgetOld() {
        Instant forgotten = context.clock().instant().minus(REMEMBERED);
        tunnels.values().removeIf(tunnel -> tunnel.isForgettable(forgotten));
    }

    private Set<Tunnel> liveOnes() {
        return context.ledger().liveOnes();
    }

    private void handleLive(Predicate<Tunnel> meant, Occurrence occurrence) {
        EachAlone each = new EachAlone();
        liveOnes().stream().filter(meant).forEach(tunnel -> each.attempt(() -> tunnel.handle(occurrence)));
        each.tell();
    }

    Optional<Tunnel> find(UUID tunnel) {
        return Optional.ofNullable(tunnels.get(tunnel));
    }

    /** The tunnel with this id, new or old; empty if it is not live and there is no room for one more. */
    Optional<Tunnel> findOrAdmit(UUID id, AgentEnd agentEnd) {
        Optional<Tunnel> live = find(id).filter(Tunnel::isLive);
        if (!admitting) {
            return Optional.empty();
        }
        return live.isPresent() || !hasRoom()
                ? live
                : Optional.of(tunnels.computeIfAbsent(id, _ -> new Tunnel(id, agentEnd, context)));
    }

    String whyBusy() {
        return admitting
                ? "this bridge carries as much as it can (" + live() + " of " + maxTunnels + " tunnels); try another"
                : "this bridge is stopping; try another";
    }

    private boolean hasRoom() {
        return admitting && live() < maxTunnels && !context.budget().isSpent();
    }
}
