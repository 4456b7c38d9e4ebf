package io.bascule.tunnel.client;

import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.ResetCode;
import io.bascule.tunnel.StreamSettings;
import io.bascule.tunnel.StreamState;
import io.bascule.tunnel.StreamState.Origin;
import io.bascule.tunnel.TunnelStream;
import io.bascule.tunnel.WindowPool;
import io.bascule.tunnel.client.proof.Introductions;
import io.bascule.tunnel.client.raw.Loops;
import io.grpc.netty.shaded.io.netty.channel.ChannelException;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of a tunnel at work: carries bytes between a local connection and the bridges that were granted, and when its
 * leg is lost goes on over another one where it may. Runs on a virtual thread of its own, and on two more where the threads
 * of its legs do not read and write the local connection, which it closes when it ends. Safe for use by many threads.
 */
public final class TunnelEnd implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TunnelEnd.class);
    private static final long ATTACH_TIMEOUT = TimeUnit.SECONDS.toNanos(15);

    /** A quarter of the heap may be granted to windows above the first. */
    private static final WindowPool WINDOWS =
            new WindowPool(Runtime.getRuntime().maxMemory() / 4);

    /** A client waits for its agent for some seconds more. */
    private static final long TURN_WITHIN = TimeUnit.SECONDS.toNanos(3);

    private static final long NO_LIMIT = TimeUnit.DAYS.toNanos(365);

    private final UUID tunnel;
    private final EndRole role;
    private final BridgeConnector connector;
    private final EventLoop loop = Loops.next();
    private final LocalSide local;
    private final Coupling coupling;
    private final Route route;
    private final Introductions introductions;
    private final Pairings pairings;
    private Frame.@Nullable Migrate followed;
    private final CompletableFuture<TunnelOutcome> outcome = new CompletableFuture<>();
    private final CountDownLatch gone = new CountDownLatch(1);

    private TunnelEnd(
            EndRole role,
            TunnelGrant grant,
            BridgeConnector connector,
            LocalConnection plain,
            StreamSettings settings) {
        this.tunnel = grant.tunnel();
        this.role = role;
        this.connector = connector;
        this.coupling = new Coupling(
                new TunnelStream(settings, WINDOWS, System.nanoTime()), System::nanoTime, role == EndRole.CLIENT);
        this.local = switch (grant.inner()) {
            case NONE -> join(plain);
            case TLS -> joinBlocking(InnerTls.over(plain, role, connector.credentials(), grant.otherEnd()));
        };
        this.route = new Route(role, grant, System::nanoTime);
        this.pairings = new Pairings(tunnel, role, connector, coupling, route);
        this.introductions = new Introductions(tunnel, role, connector.credentials(), grant.otherEnd());
    }

    /**
     * Starts an end. It attaches in the background: what comes of it is told by {@link #await}.
     *
     * @param connector connections with the certificate that the grant's tickets name; outlives the end
     * @param local connected, and owned by the end from here on
     */
    public static TunnelEnd start(
            EndRole role,
            TunnelGrant grant,
            BridgeConnector connector,
            LocalConnection local,
            StreamSettings settings) {
        TunnelEnd end = new TunnelEnd(role, grant, connector, local, settings);
        end.thread("keeper").start(end::keep);
        return end;
    }

    private LocalSide join(LocalConnection connection) {
        if (connector.hasRawLegs() && connection instanceof SocketChannelConnection socket) {
            try {
                return LoopSocket.adopt(socket.channel(), coupling, loop);
            } catch (ChannelException closedAlready) {
                LOG.debug("tunnel {}: the local connection: {}", tunnel, closedAlready.getMessage());
            }
        }
        return joinBlocking(connection);
    }

    private LocalSide joinBlocking(LocalConnection connection) {
        thread("reader").start(new LocalReader(connection, coupling));
        thread("writer").start(new LocalWriter(connection, coupling));
        return connection;
    }

    /** Waits until the tunnel is over. */
    public TunnelOutcome await() throws InterruptedException {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the tunnel is over, but not longer; empty if it still runs then. */
    public Optional<TunnelOutcome> await(Duration atMost) throws InterruptedException {
        try {
            return Optional.of(outcome.get(atMost.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            return Optional.empty();
        }
    }

    /**
     * Calls an agent end to another bridge, or to the same one again, where the client end waits with a newer epoch. What
     * was not delivered over the old leg is sent again over the new one. An end that has finished, or has reset the tunnel, goes there for as long as
     * {@link #mayBeCalled} and says so. An end that is over, because it was never paired,
     * cannot go anywhere: then the target is to be dialled anew and a new end started with the newer epoch.
     *
     * @param raw whether the client end came there over a raw leg; an end that may have any leg tries one as well then
     * @return whether it goes there; false if the epoch is not newer than the last one, or the end is over
     */
    public boolean moveTo(GrantedBridge bridge, long epoch, boolean raw) {
        boolean newer = route.call(bridge, epoch, raw);
        if (newer) {
            coupling.wakeKeeper();
        }
        return newer;
    }

    /** Whether {@link #moveTo} may lead anywhere. */
    public boolean mayBeCalled() {
        return !route.isClosed();
    }

    /** Waits until the tunnel is over and the other end has learnt of it, or had the time to: nobody calls this end after that. */
    public void awaitGone() throws InterruptedException {
        gone.await();
    }

    /** Ends the tunnel for both sides unless it is over already, without waiting. Idempotent. */
    @Override
    public void close() {
        close(ResetCode.CLOSED, "closed by the " + (role == EndRole.CLIENT ? "client" : "agent"));
    }

    /** Ends the tunnel for both sides with a reason that both learn. */
    public void close(ResetCode code, String text) {
        coupling.reset(code, text);
    }

    /** Why and since when there is no way to the other end, while there is none; empty before the first one was found. */
    public Optional<Interruption> interruption() {
        return coupling.interruption();
    }

    /** A time without a way. */
    public record Interruption(String why, Duration since) {}

    /** Bytes taken from the local connection so far. */
    public long bytesSent() {
        return coupling.bytesSent();
    }

    /** Bytes written to the local connection so far. */
    public long bytesReceived() {
        return coupling.bytesReceived();
    }

    /** Bytes of memory this end holds for replay and delivery. */
    public long bytesHeld() {
        return coupling.bytesHeld();
    }

    private Thread.Builder thread(String task) {
        return Thread.ofVirtual().name("tunnel-" + tunnel + "-" + task);
    }

    /** Outermost loop of the end: whatever happens in it, the local connection is closed and the outcome told. */
    private void keep() {
        TunnelOutcome told = new TunnelOutcome.Lost("internal error");
        try {
            told = carry();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ClosedConnectorException ending) {
            told = new TunnelOutcome.Lost(String.valueOf(ending.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("tunnel {}: the {} end failed", tunnel, role, e);
        } finally {
            coupling.reset(ResetCode.INTERNAL_ERROR, "the other end gave up");
            conclude(told);
            depart(told);
        }
    }

    /** The user is told already; the other end of a tunnel that has finished, or that this end reset, may not have heard of it. */
    private void depart(TunnelOutcome told) {
        try {
            boolean known = route.wasPaired() && !(told instanceof TunnelOutcome.Lost);
            if (known && coupling.state().isForTheOtherEnd()) {
                connector.linger(new LastWord(role, coupling, route, this::attachOnceMore));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            route.close();
            coupling.leave();
            gone.countDown();
        }
    }

    private boolean attachOnceMore(Route.Attempt attempt) {
        try {
            start(attempt, connector.legTo(attempt.bridge(), loop));
            return true;
        } catch (ClosedConnectorException ending) {
            return false;
        }
    }

    private TunnelOutcome carry() throws InterruptedException {
        while (coupling.state() instanceof StreamState.Running) {
            pairings.decide();
            if (!isLegWanted()) {
                coupling.keepUntil(() -> isLegWanted() || pairings.isRawLegWanted() || pairings.isDecided(), NO_LIMIT);
                if (pairings.isRawLegWanted()) {
                    goOnOverRawLeg();
                }
                continue;
            }
            preferTheNamedBridge();
            Optional<Route.Attempt> attempt = route.next();
            if (attempt.isPresent()) {
                attach(attempt.get());
            } else if (coupling.hasLeg()) {
                coupling.keepUntil(() -> !coupling.hasLeg(), NO_LIMIT);
            } else {
                return route.exhausted();
            }
        }
        return switch (coupling.state()) {
            case StreamState.Finished(long sent, long received) -> new TunnelOutcome.Finished(sent, received);
            case StreamState.Reset(ResetCode code, String text, Origin origin)
            when origin == Origin.THIS_END && code.equals(ResetCode.DETACHED_TOO_LONG) -> new TunnelOutcome.Lost(text);
            case StreamState.Reset(ResetCode code, String text, Origin origin) ->
                new TunnelOutcome.Reset(code, text, origin);
            case StreamState.Running() -> throw new IllegalStateException("still running");
        };
    }

    private void preferTheNamedBridge() {
        Frame.Migrate asked = coupling.asked();
        if (asked != null && !asked.equals(followed)) {
            followed = asked;
            route.prefer(asked.bridge());
        }
    }

    /** An end that was paired waits to be called if it is the agent's, and else to be without a leg or asked to move. */
    private boolean isLegWanted() {
        return route.isWaitingToBeCalled()
                ? route.isCalled()
                : !coupling.hasLeg() || (role == EndRole.CLIENT && coupling.asked() != null);
    }

    /** One attempt at a raw leg to the bridge that the end is on; whatever else is to be done overtakes it. */
    private void goOnOverRawLeg() throws InterruptedException {
        Optional<Route.Attempt> attempt;
        LegStand stand;
        Pairings.Before before = pairings.before();
        try (Turns.Turn turn = connector.turns().ask(coupling::wakeKeeper)) {
            coupling.keepUntil(() -> turn.isGranted() || isLegWanted(), NO_LIMIT);
            attempt = turn.isGranted() && !isLegWanted() && pairings.isRawLegWanted()
                    ? route.rawHere()
                    : Optional.empty();
            if (attempt.isEmpty() || !(coupling.state() instanceof StreamState.Running)) {
                return;
            }
            // Once the ends meet there the other one may say its last words there, and nowhere else.
            stand = tryLeg(
                    attempt.get(),
                    connector.rawLegTo(attempt.get().bridge(), loop),
                    () -> isLegWanted() && coupling.stand() instanceof LegStand.Attaching);
        }
        pairings.settle(attempt.get(), stand, before, ATTACH_TIMEOUT);
    }

    /** One attempt, while a leg that is there is used on: returns when it failed, or when both ends have come to it. */
    private void attach(Route.Attempt attempt) throws InterruptedException {
        Pairings.Before before = pairings.before();
        coupling.keepUntil(() -> coupling.hasLeg() != before.hadLeg(), attempt.pause());
        if (coupling.state() instanceof StreamState.Running) {
            pairings.settle(attempt, tryLeg(attempt), before, ATTACH_TIMEOUT);
        }
    }

    private LegStand tryLeg(Route.Attempt attempt) throws InterruptedException {
        LegOpening opening = connector.legTo(attempt.bridge(), loop);
        if (!attempt.raw() || !connector.mayGoRaw(attempt.bridge())) {
            return tryLeg(attempt, opening, route::isCalled);
        }
        try (Turns.Turn turn = connector.turns().ask(coupling::wakeKeeper)) {
            coupling.keepUntil(() -> turn.isGranted() || route.isCalled() || !coupling.hasLeg(), TURN_WITHIN);
            return tryLeg(
                    attempt,
                    turn.isGranted() && connector.mayGoRaw(attempt.bridge())
                            ? connector.fallingBackLegTo(attempt.bridge(), loop)
                            : opening,
                    route::isCalled);
        }
    }

    private LegStand tryLeg(Route.Attempt attempt, LegOpening opening, BooleanSupplier overtaken)
            throws InterruptedException {
        start(attempt, opening);
        return coupling.keepUntil(() -> LegStand.isOver(coupling.stand()) || overtaken.getAsBoolean(), ATTACH_TIMEOUT);
    }

    private void start(Route.Attempt attempt, LegOpening opening) {
        GrantedBridge bridge = attempt.bridge();
        coupling.attach(
                opening,
                new Frame.Attach(Frame.VERSION, role, tunnel, attempt.epoch(), bridge.ticket()),
                introductions.handshake(attempt.epoch(), bridge.id()),
                attempt.raw());
        introductions.prepare();
    }

    private void conclude(TunnelOutcome told) {
        if (told instanceof TunnelOutcome.Finished) {
            local.close();
        } else {
            local.reset();
        }
        LOG.debug("tunnel {}: {} end: {}", tunnel, role, told);
        outcome.complete(told);
    }
}
