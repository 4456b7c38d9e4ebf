package io.bascule.bridge.legs;

import io.bascule.bridge.pairing.Decision;
import io.bascule.bridge.pairing.LegId;
import io.bascule.bridge.pairing.Occurrence;
import io.bascule.bridge.pairing.Pairing;
import io.bascule.bridge.pairing.Pairing.AwaitingAgent;
import io.bascule.bridge.pairing.Pairing.AwaitingReturn;
import io.bascule.bridge.pairing.Pairing.Departing;
import io.bascule.bridge.pairing.Pairing.Ended;
import io.bascule.bridge.pairing.Pairing.Overlapping;
import io.bascule.bridge.pairing.Pairing.Paired;
import io.bascule.bridge.pairing.Pairing.Unseen;
import io.bascule.bridge.pairing.Step;
import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import io.bascule.tunnel.ResetCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    private static final Duration RETRY_AFTER = Duration.ofMillis(500);

    private final UUID id;
    private final TunnelContext context;
    private final Traffic traffic = new Traffic();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<LegId, Leg> legs = new HashMap<>();
    private volatile Pairing state = new Unseen();
    private volatile Frame.@Nullable Reset passingReset;
    private volatile Instant changedAt;
    private volatile AgentEnd agentEnd;
    /** Of the last pairing whose ends were told of each other; 0 before the first. */
    private volatile long connected;
    /** That pairing when the API was last told that the tunnel left. */
    private long left;

    private boolean migrating;
    /** Of the pairing whose ends were asked to go on elsewhere. */
    private @Nullable LegId askedToMigrate;

    private Instant askedAt = Instant.MIN;

    private long reportedFromClient;
    private long reportedFromAgent;
    private int asked;

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
    void attach(Leg leg, Occurrence.Attaching attaching, AgentEnd allowed) {
        lock.lock();
        try {
            legs.put(leg.id(), leg);
            if (attaching.role() == EndRole.CLIENT && attaching.epoch() > state.epoch()) {
                agentEnd = allowed;
            }
            handle(attaching);
        } catch (RuntimeException | Error failure) {
            // Who listens to the leg will not learn of this tunnel, and so will not say when it breaks.
            EachAlone each = new EachAlone();
            each.attempt(() -> {
                throw failure;
            });
            each.attempt(() -> handle(new Occurrence.Breaking(leg.id())));
            each.tell();
        } finally {
            lock.unlock();
        }
    }

    void handle(Occurrence first) {
        lock.lock();
        try {
            // A step that fails keeps none of the others from being done: the other end is to hear of it, and the API.
            EachAlone each = new EachAlone();
            Optional<Occurrence> next = Optional.of(first);
            while (next.isPresent()) {
                Decision decision = context.rules()
                        .decide(state, next.get(), context.clock().instant());
                boolean wasLive = isLive();
                become(decision.next());
                if (!wasLive && isLive()) {
                    context.ledger().becameLive(this);
                }
                next = apply(decision.steps(), each);
                legs.keySet().retainAll(state.legs());
                if (wasLive && !isLive()) {
                    // After the steps: whoever waits for the last tunnel finds its end among the closed ones.
                    context.ledger().ceasedToLive(this);
                }
            }
            each.tell();
        } finally {
            lock.unlock();
        }
    }

    /** An instance of the agent will not come; where several were asked, it takes all of them to say so. */
    void refusedByAgent(Occurrence.AgentRefusing refusal) {
        lock.lock();
        try {
            if (!(state.newest() instanceof AwaitingAgent waiting) || waiting.epoch() != refusal.epoch()) {
                return;
            }
            boolean elsewhere = waiting.again() && refusal.code().equals(ResetCode.AGENT_NOT_CONNECTED);
            if (!elsewhere) {
                handle(refusal);
            } else if (--asked <= 0) {
                handle(new Occurrence.AgentMissing(refusal.epoch(), "no agent here carries the tunnel"));
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks both ends to go on elsewhere; says whether they are here to be asked, and were not before. Ends that came anew after they had
     * been asked, or fell back to the pairing before, are asked again, and count once.
     */
    boolean migrate(Frame.Migrate migrate) {
        lock.lock();
        try {
            if (!(state.newest() instanceof Paired paired)
                    || (migrating && paired.client().equals(askedToMigrate))) {
                return false;
            }
            if (!migrating) {
                migrating = true;
                context.migrations().ask();
            }
            askedToMigrate = paired.client();
            askedAt = context.clock().instant();
            leg(paired.client()).append(migrate);
            leg(paired.agent()).append(migrate);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it was asked to go on elsewhere since then, and is still here. */
    boolean isMovingSince(Instant moment) {
        lock.lock();
        try {
            return migrating && askedAt.isAfter(moment);
        } finally {
            lock.unlock();
        }
    }

    /** The client end says how it came here. */
    void resumed(Frame.Resumed resumed) {
        context.migrations().resumed(resumed);
    }

    /** The ends' own RESET goes by; it says why the tunnel ends, should it end now. */
    void resetPasses(Frame.Reset reset) {
        passingReset = reset;
    }

    /** Whether it counts against the limit of tunnels. */
    boolean isLive() {
        return switch (state) {
            case AwaitingAgent _, Paired _, Departing _, AwaitingReturn _, Overlapping _ -> true;
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
            // A higher epoch that was seen, but under which nobody met, is nothing to be told.
            case Paired _, Departing _, AwaitingReturn _, Overlapping _ ->
                Optional.of(new OpenTunnel(id, connected, traffic.fromClient(), traffic.fromAgent()))
                        .filter(tunnel -> tunnel.epoch() > 0);
            case Unseen _, AwaitingAgent _, Ended _ -> Optional.empty();
        };
    }

    private void become(Pairing next) {
        if (!next.equals(state)) {
            state = next;
            changedAt = context.clock().instant();
        }
    }

    private Optional<Occurrence> apply(List<Step> steps, EachAlone each) {
        List<Occurrence> consequences = new ArrayList<>(1);
        steps.forEach(step -> each.attempt(() -> apply(step, consequences, each)));
        return consequences.stream().findFirst();
    }

    private void apply(Step step, List<Occurrence> consequences, EachAlone each) {
        switch (step) {
            case Step.CallAgent(long epoch, boolean again) ->
                callAgent(epoch, again).ifPresent(consequences::add);
            case Step.Connect(long epoch, LegId client, LegId agent) -> connect(epoch, leg(client), leg(agent));
            case Step.Refuse(LegId leg, AttachStatus status, String text) -> refuse(leg(leg), status, text);
            case Step.TellPeerLost(LegId leg) -> tellPeerLost(leg(leg));
            case Step.Reset(LegId leg, ResetCode code, String text) -> reset(leg(leg), code, text);
            case Step.EndAfterDelivery(LegId leg) -> endAfterDelivery(leg(leg));
            case Step.Depart(LegId _, LegId remaining) -> leg(remaining).append(new Frame.PeerLost());
            case Step.EndBothAfterDelivery(LegId one, LegId other) -> {
                each.attempt(leg(one)::finish);
                each.attempt(leg(other)::finish);
            }
            case Step.Release(LegId leg) -> release(leg(leg)).stream().end();
            case Step.LetGo(LegId leg) -> letGo(leg(leg));
            case Step.Replace(LegId leg) -> release(leg(leg)).stream().end();
            case Step.Close(long epoch, ResetCode code, String text) -> close(epoch, code, text);
            case Step.Left(long _, String text) -> left(text);
        }
    }

    private Optional<Occurrence> callAgent(long epoch, boolean again) {
        boolean raw = state.newest() instanceof AwaitingAgent waiting
                && leg(waiting.client()).stream().isRaw();
        AgentCaller.Call call = new AgentCaller.Call(id, epoch, agentEnd.ticket(), raw);
        if (again) {
            asked = context.agents().callAll(agentEnd.agent(), call);
        } else {
            asked = context.agents().call(agentEnd.agent(), call) ? 1 : 0;
        }
        return asked > 0
                ? Optional.empty()
                : Optional.of(new Occurrence.AgentMissing(epoch, "the agent is not connected to this bridge"));
    }

    private void connect(long epoch, Leg client, Leg agent) {
        connected = epoch;
        context.ledger().paired(client.stream());
        context.ledger().paired(agent.stream());
        Lane fromClient = new Lane(client.stream(), agent.stream(), context.budget(), bytes -> {
            traffic.addFromClient(bytes);
            context.ledger().traffic().addFromClient(bytes);
        });
        Lane fromAgent = new Lane(agent.stream(), client.stream(), context.budget(), bytes -> {
            traffic.addFromAgent(bytes);
            context.ledger().traffic().addFromAgent(bytes);
        });
        // Both are told before either has a lane: a leg that gets ready meanwhile would ask for what must come later.
        EncodedFrame attached = FrameCodec.encode(new Frame.Attached(AttachStatus.OK, epoch, 0, ""));
        client.stream().send(attached);
        agent.stream().send(attached);
        client.connect(fromClient, fromAgent);
        agent.connect(fromAgent, fromClient);
        fromClient.start();
        fromAgent.start();
        LOG.info("tunnel {}: open, epoch {}", id, epoch);
    }

    private void refuse(Leg leg, AttachStatus status, String text) {
        context.faults().refused(Faults.Refusal.of(status));
        long retryAfter = status == AttachStatus.BUSY ? RETRY_AFTER.toMillis() : 0;
        leg.stream().send(FrameCodec.encode(new Frame.Attached(status, state.epoch(), retryAfter, text)));
        leg.stream().end();
    }

    private static void tellPeerLost(Leg remaining) {
        remaining.append(new Frame.PeerLost());
        remaining.discardOutgoing();
    }

    private void reset(Leg leg, ResetCode code, String text) {
        release(leg);
        leg.stream().send(FrameCodec.encode(new Frame.Reset(code, text)));
        leg.stream().end();
    }

    private static void endAfterDelivery(Leg leg) {
        leg.finish();
        leg.discardOutgoing();
    }

    private void close(long epoch, ResetCode code, String text) {
        Frame.Reset passed = passingReset;
        ResetCode reason = passed == null ? code : passed.code();
        String why = passed == null ? text : passed.text();
        settleMigration(Migrations.Outcome.ENDED);
        context.faults().ended(reason);
        report(epoch, false, reason, why);
        LOG.info(
                "tunnel {}: closed, code {} ({}), {} bytes from client, {} from agent",
                id,
                reason.value(),
                why,
                traffic.fromClient(),
                traffic.fromAgent());
    }

    /** A tunnel that was not open here since it left is no news, and may be open elsewhere. */
    private void left(String text) {
        settleMigration(context.migrations().isTimeOver() ? Migrations.Outcome.STRANDED : Migrations.Outcome.MOVED);
        if (connected > left) {
            left = connected;
            report(connected, true, ResetCode.CLOSED, text);
            LOG.info("tunnel {}: left, {}", id, text);
        }
    }

    private void settleMigration(Migrations.Outcome outcome) {
        if (migrating) {
            migrating = false;
            context.migrations().settle(outcome);
        }
    }

    /** Each byte is reported once, also when the tunnel comes back. */
    private void report(long epoch, boolean moved, ResetCode code, String text) {
        long fromClient = traffic.fromClient();
        long fromAgent = traffic.fromAgent();
        context.ledger()
                .closed()
                .add(new ClosedTunnel(
                        id,
                        epoch,
                        connected,
                        moved,
                        fromClient - reportedFromClient,
                        fromAgent - reportedFromAgent,
                        code,
                        text));
        reportedFromClient = fromClient;
        reportedFromAgent = fromAgent;
    }

    /** A leg that ends in order without having been asked says that the other end has left the tunnel. */
    private void letGo(Leg leg) {
        if (!migrating) {
            migrating = true;
            context.migrations().ask();
        }
        release(leg).stream().send(FrameCodec.encode(new Frame.Migrate(0, "")));
        leg.stream().end();
    }

    private static Leg release(Leg leg) {
        leg.discardIncoming();
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
