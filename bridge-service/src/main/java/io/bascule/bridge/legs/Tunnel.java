package io.bascule.bridge.legs;

import io.bascule.bridge.pairing.Decision;
import io.bascule.bridge.pairing.LegId;
import io.bascule.bridge.pairing.Occurrence;
import io.bascule.bridge.pairing.Pairing;
import io.bascule.bridge.pairing.Pairing.AwaitingAgent;
import io.bascule.bridge.pairing.Pairing.AwaitingReturn;
import io.bascule.bridge.pairing.Pairing.Ended;
import io.bascule.bridge.pairing.Pairing.Paired;
import io.bascule.bridge.pairing.Pairing.Unseen;
import io.bascule.bridge.pairing.Step;
import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import io.bascule.tunnel.ResetCode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One tunnel at this bridge: asks the rules what an occurrence means and does what they decide, one occurrence after the
 * other. Safe for use by many threads.
 */
final class Tunnel {

    private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);

    private final UUID id;
    private final TunnelContext context;
    private final Traffic traffic = new Traffic();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<LegId, Leg> legs = new HashMap<>();
    private volatile Pairing state = new Unseen();
    private volatile Frame.@Nullable Reset passingReset;
    private volatile Instant changedAt;
    private volatile AgentEnd agentEnd;
    private boolean everPaired;

    Tunnel(UUID id, AgentEnd agentEnd, TunnelContext context) {
        this.id = id;
        this.agentEnd = agentEnd;
        this.context = context;
        this.changedAt = context.clock().instant();
    }

    /**
     * Takes a leg whose ticket is good; the leg learns what became of it by a frame.
     *
     * @param allowed whom the leg's ticket lets take the agent end
     */
    void attach(Leg leg, EndRole role, long epoch, AgentEnd allowed) {
        lock.lock();
        try {
            legs.put(leg.id(), leg);
            if (role == EndRole.CLIENT && epoch > state.epoch()) {
                agentEnd = allowed;
            }
            handle(new Occurrence.Attaching(role, leg.id(), epoch));
        } finally {
            lock.unlock();
        }
    }

    void handle(Occurrence first) {
        lock.lock();
        try {
            Optional<Occurrence> next = Optional.of(first);
            while (next.isPresent()) {
                Decision decision = context.rules()
                        .decide(state, next.get(), context.clock().instant());
                boolean wasLive = isLive();
                become(decision.next());
                if (!wasLive && isLive()) {
                    context.ledger().becameLive();
                }
                next = apply(decision.steps());
                if (wasLive && !isLive()) {
                    // After the steps: whoever waits for the last tunnel finds its end among the closed ones.
                    context.ledger().ceasedToLive();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** The ends' own RESET goes by; it says why the tunnel ends, should it end now. */
    void resetPasses(Frame.Reset reset) {
        passingReset = reset;
    }

    /** Whether it counts against the limit of tunnels. */
    boolean isLive() {
        return switch (state) {
            case AwaitingAgent _, Paired _, AwaitingReturn _ -> true;
            case Unseen _, Ended _ -> false;
        };
    }

    boolean isForgettable(Instant lastChangedBefore) {
        return !isLive() && changedAt.isBefore(lastChangedBefore);
    }

    boolean isFor(UUID agent) {
        return agentEnd.agent().equals(agent);
    }

    Optional<OpenTunnel> open() {
        return switch (state) {
            case Paired _, AwaitingReturn _ ->
                Optional.of(new OpenTunnel(id, state.epoch(), traffic.fromClient(), traffic.fromAgent()));
            case Unseen _, AwaitingAgent _, Ended _ -> Optional.empty();
        };
    }

    private void become(Pairing next) {
        if (!next.equals(state)) {
            state = next;
            changedAt = context.clock().instant();
        }
    }

    private Optional<Occurrence> apply(List<Step> steps) {
        Optional<Occurrence> consequence = Optional.empty();
        for (Step step : steps) {
            switch (step) {
                case Step.CallAgent(long epoch) -> consequence = callAgent(epoch);
                case Step.Connect(long epoch, LegId client, LegId agent) -> connect(epoch, leg(client), leg(agent));
                case Step.Refuse(LegId leg, AttachStatus status, String text) -> refuse(leg(leg), status, text);
                case Step.TellPeerLost(LegId leg) -> tellPeerLost(leg(leg));
                case Step.Reset(LegId leg, ResetCode code, String text) -> reset(leg(leg), code, text);
                case Step.EndAfterDelivery(LegId leg) -> endAfterDelivery(leg(leg));
                case Step.Replace(LegId leg) -> release(leg(leg)).stream().end();
                case Step.Close(long epoch, ResetCode code, String text) -> close(epoch, code, text);
            }
        }
        return consequence;
    }

    private Optional<Occurrence> callAgent(long epoch) {
        boolean called = context.agents().call(agentEnd.agent(), new AgentCaller.Call(id, epoch, agentEnd.ticket()));
        return called
                ? Optional.empty()
                : Optional.of(new Occurrence.AgentRefusing(
                        epoch, ResetCode.AGENT_NOT_CONNECTED, "the agent is not connected to this bridge"));
    }

    private void connect(long epoch, Leg client, Leg agent) {
        everPaired = true;
        Lane fromClient = new Lane(client.stream(), agent.stream(), context.budget(), bytes -> {
            traffic.addFromClient(bytes);
            context.ledger().traffic().addFromClient(bytes);
        });
        Lane fromAgent = new Lane(agent.stream(), client.stream(), context.budget(), bytes -> {
            traffic.addFromAgent(bytes);
            context.ledger().traffic().addFromAgent(bytes);
        });
        client.connect(fromClient, fromAgent);
        agent.connect(fromAgent, fromClient);
        EncodedFrame attached = FrameCodec.encode(new Frame.Attached(AttachStatus.OK, epoch, 0, ""));
        client.stream().send(attached);
        agent.stream().send(attached);
        fromClient.start();
        fromAgent.start();
        LOG.info("tunnel {}: open, epoch {}", id, epoch);
    }

    private void refuse(Leg leg, AttachStatus status, String text) {
        legs.remove(leg.id());
        leg.stream().send(FrameCodec.encode(new Frame.Attached(status, state.epoch(), 0, text)));
        leg.stream().end();
    }

    private void tellPeerLost(Leg remaining) {
        Lane incoming = remaining.incoming();
        if (incoming != null) {
            incoming.append(FrameCodec.encode(new Frame.PeerLost()));
        }
        Lane outgoing = remaining.outgoing();
        if (outgoing != null) {
            outgoing.discard();
        }
    }

    private void reset(Leg leg, ResetCode code, String text) {
        release(leg);
        leg.stream().send(FrameCodec.encode(new Frame.Reset(code, text)));
        leg.stream().end();
    }

    private void endAfterDelivery(Leg leg) {
        Lane incoming = leg.incoming();
        if (incoming != null) {
            incoming.finish();
        }
        Lane outgoing = leg.outgoing();
        if (outgoing != null) {
            outgoing.discard();
        }
    }

    private void close(long epoch, ResetCode code, String text) {
        Frame.Reset passed = passingReset;
        ResetCode reason = passed == null ? code : passed.code();
        String why = passed == null ? text : passed.text();
        legs.clear();
        context.ledger()
                .closed()
                .add(new ClosedTunnel(id, epoch, everPaired, traffic.fromClient(), traffic.fromAgent(), reason, why));
        LOG.info(
                "tunnel {}: closed, code {} ({}), {} bytes from client, {} from agent",
                id,
                reason.value(),
                why,
                traffic.fromClient(),
                traffic.fromAgent());
    }

    private Leg release(Leg leg) {
        Lane incoming = leg.incoming();
        if (incoming != null) {
            incoming.discard();
        }
        return leg;
    }

    private Leg leg(LegId wanted) {
        Leg leg = legs.get(wanted);
        if (leg == null) {
            throw new IllegalStateException("tunnel " + id + ": no " + wanted + " among its legs");
        }
        return leg;
    }
}
