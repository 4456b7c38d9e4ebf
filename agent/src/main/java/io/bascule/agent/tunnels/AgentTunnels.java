package io.bascule.agent.tunnels;

import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.ResetCode;
import io.bascule.tunnel.StreamSettings;
import io.bascule.tunnel.client.BridgeConnector;
import io.bascule.tunnel.client.GrantedBridge;
import io.bascule.tunnel.client.LocalConnection;
import io.bascule.tunnel.client.TunnelEnd;
import io.bascule.tunnel.client.TunnelGrant;
import io.bascule.tunnel.client.TunnelOutcome;
import io.bascule.tunnel.client.proof.OtherEnd;
import io.bascule.tunnel.client.ticket.Ticket;
import io.bascule.tunnel.client.ticket.TicketReader;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tunnels whose agent end is here. Safe for use by many threads. */
public final class AgentTunnels {

    private static final Logger LOG = LoggerFactory.getLogger(AgentTunnels.class);
    private static final Duration DIAL_WITHIN = Duration.ofSeconds(8);
    private static final Refusal OVER = new Refusal(ResetCode.CLOSED, "the tunnel is over at the agent");
    private static final Refusal ELSEWHERE =
            new Refusal(ResetCode.AGENT_NOT_CONNECTED, "this instance of the agent does not carry the tunnel");

    private final CheckRequest checkRequest;
    private final DialTarget dialTarget = new DialTarget(DIAL_WITHIN);
    private final BridgeConnector connector;
    private final OpenEnds ends;

    public AgentTunnels(UUID agent, TicketReader tickets, BridgeConnector connector, int maxTunnels) {
        this.checkRequest = new CheckRequest(tickets, agent);
        this.connector = connector;
        this.ends = new OpenEnds(maxTunnels, System::nanoTime);
    }

    /**
     * Does what a bridge asks: a tunnel that is here already goes on over that bridge, another one is dialled. Returns
     * when its end has been started, which may take as long as dialling does.
     *
     * @return why the agent does not come, if it does not
     */
    public Optional<Refusal> open(OpenRequest request) {
        return switch (checkRequest.check(request)) {
            case CheckRequest.Verdict.Denied(Refusal refusal) -> refused(request, refusal);
            case CheckRequest.Verdict.MayOpen(Ticket ticket) -> moveOrDial(request, ticket);
            case CheckRequest.Verdict.MayGoOn() ->
                switch (ends.find(request.tunnel())) {
                    case OpenEnds.Found.Here(TunnelEnd end) ->
                        comes(request, end) ? Optional.empty() : Optional.of(OVER);
                    case OpenEnds.Found.Over() -> Optional.of(OVER);
                    case OpenEnds.Found.Elsewhere() -> Optional.of(ELSEWHERE);
                };
        };
    }

    /** Ends a tunnel whose right has ended, if it is here; it may have no leg at the time. */
    public void revoke(UUID tunnel, String reason) {
        if (ends.find(tunnel) instanceof OpenEnds.Found.Here(TunnelEnd end)) {
            end.close(ResetCode.REVOKED, reason);
        }
    }

    /** How many there are, those that are being dialled included. */
    public int count() {
        return ends.count();
    }

    /** Takes no new ones, lets those that are open end by themselves for a while, then ends the rest. */
    public void stop(Duration grace) throws InterruptedException {
        ends.refuseFromNowOn();
        if (ends.count() > 0) {
            LOG.info("stopping: {} tunnels have {} s to end", ends.count(), grace.toSeconds());
        }
        if (!ends.awaitNone(grace)) {
            LOG.warn("stopping: {} tunnels are still open and are ended", ends.count());
            ends.endAll(ResetCode.CLOSED, "the agent was stopped");
            ends.awaitNone(Duration.ofSeconds(2));
        }
    }

    /** An end that is over by the time it is called has given its place up, so the next claim is granted. */
    private Optional<Refusal> moveOrDial(OpenRequest request, Ticket ticket) {
        return switch (ends.claim(request.tunnel())) {
            case OpenEnds.Claim.Running(TunnelEnd end) ->
                comes(request, end) ? Optional.empty() : moveOrDial(request, ticket);
            case OpenEnds.Claim.Unavailable(Refusal refusal) -> refused(request, refusal);
            case OpenEnds.Claim.Granted() -> dial(request, ticket);
        };
    }

    /** Whether a caller may wait for this end. Nobody waits with an epoch that is not newer, so that is not answered. */
    private static boolean comes(OpenRequest request, TunnelEnd end) {
        if (end.moveTo(granted(request), request.epoch(), request.raw())) {
            return true;
        }
        boolean stale = end.mayBeCalled();
        if (stale) {
            LOG.info("tunnel {}: epoch {} is not newer, ignored", request.tunnel(), request.epoch());
        }
        return stale;
    }

    private Optional<Refusal> dial(OpenRequest request, Ticket ticket) {
        boolean started = false;
        try {
            return switch (dialTarget.dial(
                    ticket.target().host(), ticket.target().port())) {
                case Dialled.Failed(Refusal refusal) -> refused(request, refusal);
                case Dialled.Connected(SocketChannel channel) -> {
                    start(request, ticket, channel);
                    started = true;
                    yield Optional.empty();
                }
            };
        } finally {
            if (!started) {
                ends.release(request.tunnel());
            }
        }
    }

    private void start(OpenRequest request, Ticket ticket, SocketChannel channel) {
        TunnelEnd end = TunnelEnd.start(
                EndRole.AGENT,
                new TunnelGrant(
                        request.tunnel(),
                        request.epoch(),
                        List.of(granted(request)),
                        List.of(),
                        new OtherEnd.Client(ticket.client()),
                        ticket.inner()),
                connector,
                LocalConnection.of(channel),
                StreamSettings.DEFAULT);
        ends.started(request.tunnel(), end);
        LOG.info(
                "tunnel {}: open to {} over {}",
                request.tunnel(),
                ticket.target(),
                request.bridge().id());
        Thread.ofVirtual().name("tunnel-" + request.tunnel() + "-end").start(() -> awaitEnd(request.tunnel(), end));
    }

    private void awaitEnd(UUID tunnel, TunnelEnd end) {
        try {
            tellOutcome(tunnel, end);
            end.awaitGone();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            ends.forgetEnd(tunnel, end);
        }
    }

    private void tellOutcome(UUID tunnel, TunnelEnd end) throws InterruptedException {
        try {
            TunnelOutcome outcome = end.await();
            LOG.info(
                    "tunnel {}: {}, {} bytes to the target, {} from it",
                    tunnel,
                    describe(outcome),
                    end.bytesReceived(),
                    end.bytesSent());
        } finally {
            ends.release(tunnel, end);
        }
    }

    private static String describe(TunnelOutcome outcome) {
        return switch (outcome) {
            case TunnelOutcome.Finished _ -> "finished";
            case TunnelOutcome.Reset(var code, String text, var _) -> "reset, code " + code.value() + " (" + text + ")";
            case TunnelOutcome.Refused(var status, String text) -> "not let in, " + status + " (" + text + ")";
            case TunnelOutcome.Lost(String text) -> "lost (" + text + ")";
        };
    }

    private static Optional<Refusal> refused(OpenRequest request, Refusal refusal) {
        LOG.warn("tunnel {}: not opened, {}", request.tunnel(), refusal.text());
        return Optional.of(refusal);
    }

    private static GrantedBridge granted(OpenRequest request) {
        return new GrantedBridge(
                request.bridge().id(),
                request.bridge().address(),
                request.bridge().authority(),
                request.ticket());
    }
}
