package io.bascule.bridge.control;

import io.bascule.protocol.tunnel.v1.BridgeMessage;
import io.bascule.protocol.tunnel.v1.Drain;
import io.bascule.protocol.tunnel.v1.Revoke;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent instances that are connected to this bridge. Safe for use by many threads. */
public final class Agents {

    private static final Logger LOG = LoggerFactory.getLogger(Agents.class);

    private final ConcurrentMap<UUID, List<AgentSession>> sessions = new ConcurrentHashMap<>();

    Agents() {}

    /** The instances that are connected, with their versions. */
    public Map<AgentInstance, String> connected() {
        Map<AgentInstance, String> connected = new HashMap<>();
        all().forEach(session -> connected.put(session.instance(), session.version()));
        return connected;
    }

    /** Tells all agents that this bridge stops soon. */
    public void announceDrain() {
        broadcast(
                BridgeMessage.newBuilder().setDrain(Drain.getDefaultInstance()).build());
    }

    /** Ends all control streams: this bridge is gone in a moment. */
    public void endAll() {
        all().forEach(session ->
                session.stream().end(Status.UNAVAILABLE.withDescription("this bridge has stopped; another is up")));
    }

    /** Ends all control streams of an agent that may not be here. */
    public void sendAway(UUID agent, String reason) {
        sessions.getOrDefault(agent, List.of())
                .forEach(session -> session.stream().end(Status.PERMISSION_DENIED.withDescription(reason)));
    }

    /** Tells an agent that a tunnel is revoked, which it may have without a leg. */
    public void revoke(UUID agent, UUID tunnel, String reason) {
        sendToAll(
                agent,
                BridgeMessage.newBuilder()
                        .setRevoke(Revoke.newBuilder()
                                .setTunnel(CallAgent.bytes(tunnel))
                                .setReason(reason))
                        .build());
    }

    /** Takes a session; one of the same instance that was there before is ended. */
    void add(AgentSession session) {
        sessions.compute(session.instance().agent(), (_, present) -> {
            List<AgentSession> next = new ArrayList<>(present == null ? List.of() : present);
            next.removeIf(older -> older.instance().equals(session.instance()) && replaced(older));
            next.add(session);
            return List.copyOf(next);
        });
        LOG.info(
                "agent {} ({}): connected, version {}",
                session.instance().agent(),
                session.instance().instance(),
                session.version());
    }

    /** Forgets a session, unless another has taken its place already. */
    void remove(AgentSession session) {
        UUID agent = session.instance().agent();
        List<AgentSession> before = sessions.getOrDefault(agent, List.of());
        sessions.computeIfPresent(agent, (_, present) -> {
            List<AgentSession> rest =
                    present.stream().filter(other -> other != session).toList();
            return rest.isEmpty() ? null : rest;
        });
        if (before.contains(session)) {
            LOG.info("agent {} ({}): disconnected", agent, session.instance().instance());
        }
    }

    /** Sends to one connected instance of the agent; says whether there was one that took it. */
    boolean sendToOne(UUID agent, BridgeMessage message) {
        List<AgentSession> candidates = sessions.getOrDefault(agent, List.of());
        int first = candidates.isEmpty() ? 0 : ThreadLocalRandom.current().nextInt(candidates.size());
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.get((first + i) % candidates.size()).stream().send(message)) {
                return true;
            }
        }
        return false;
    }

    /** Sends to all connected instances of the agent; says how many took it. */
    int sendToAll(UUID agent, BridgeMessage message) {
        return (int) sessions.getOrDefault(agent, List.of()).stream()
                .filter(session -> session.stream().send(message))
                .count();
    }

    void broadcast(BridgeMessage message) {
        all().forEach(session -> session.stream().send(message));
    }

    int count() {
        return all().size();
    }

    private List<AgentSession> all() {
        return sessions.values().stream().flatMap(Collection::stream).toList();
    }

    private static boolean replaced(AgentSession older) {
        older.stream().end(Status.ABORTED.withDescription("a newer stream of the same instance took its place"));
        return true;
    }
}
