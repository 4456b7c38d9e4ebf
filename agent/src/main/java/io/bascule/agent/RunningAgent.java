package io.bascule.agent;

import io.bascule.agent.control.ControlListener;
import io.bascule.agent.control.ControlSlots;
import io.bascule.agent.platform.AgentStateException;
import io.bascule.agent.platform.BridgeLocation;
import io.bascule.agent.platform.CertificateRenewal;
import io.bascule.agent.platform.JoinPlatform;
import io.bascule.agent.platform.JoinRefusedException;
import io.bascule.agent.platform.KeptMembership;
import io.bascule.agent.platform.Membership;
import io.bascule.agent.platform.StateDirectory;
import io.bascule.agent.tunnels.AgentTunnels;
import io.bascule.agent.tunnels.OpenRequest;
import io.bascule.agent.tunnels.Refusal;
import io.bascule.tunnel.ResetCode;
import io.bascule.tunnel.client.BridgeConnector;
import io.bascule.tunnel.client.ticket.TicketKeys;
import io.bascule.tunnel.client.ticket.TicketReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An agent at work, also inside another program. Safe for use by many threads; {@link #stop} may be called repeatedly.
 */
public final class RunningAgent implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningAgent.class);

    private final KeptMembership membership;
    private final CertificateRenewal renewal;
    private final Duration grace;
    private final BridgeConnector connector;
    private final AgentTunnels tunnels;
    private final ControlSlots control;
    private boolean stopped;

    private RunningAgent(AgentSettings settings, KeptMembership kept, InstantSource clock) {
        Membership member = kept.get();
        this.membership = kept;
        this.grace = settings.grace();
        this.connector = new BridgeConnector(member.credentials(), settings.legs());
        TicketKeys keys = new TicketKeys();
        keys.replace(member.ticketKeys());
        this.tunnels = new AgentTunnels(
                member.id(), new TicketReader(keys, InstantSource.system()), connector, settings.maxTunnels());
        this.control = new ControlSlots(connector, member.bridges(), new Orders(kept, tunnels), version());
        this.renewal = new CertificateRenewal(settings.api(), kept, renewed -> use(renewed, keys), clock, version());
    }

    private void use(Membership renewed, TicketKeys keys) {
        connector.show(renewed.credentials());
        keys.replace(renewed.ticketKeys());
    }

    /**
     * Joins if need be, however long that takes, and starts. An agent whose certificate has expired has to join again.
     *
     * @param givenUp counted down to give up joining; nothing is started then
     * @throws JoinRefusedException if the platform does not take the join token
     * @throws TokenMissingException if the agent has to join and has no token
     * @throws AgentStateException if the state directory is of no use
     */
    public static Optional<RunningAgent> start(AgentSettings settings, CountDownLatch givenUp)
            throws JoinRefusedException, TokenMissingException, InterruptedException {
        return start(settings, givenUp, InstantSource.system());
    }

    static Optional<RunningAgent> start(AgentSettings settings, CountDownLatch givenUp, InstantSource clock)
            throws JoinRefusedException, TokenMissingException, InterruptedException {
        StateDirectory state = StateDirectory.open(settings.stateDirectory());
        Optional<Membership> known = state.load();
        Optional<Membership> membership = known.filter(member -> clock.instant().isBefore(member.expiresAt()));
        if (membership.isEmpty()) {
            membership = new JoinPlatform(settings.api(), state, version()).join(token(settings, known), givenUp);
        }
        return membership.map(member -> {
            RunningAgent agent = new RunningAgent(settings, new KeptMembership(state, member), clock);
            LOG.info(
                    "agent {} ({}) starts, its certificate is good until {}",
                    member.name(),
                    member.id(),
                    member.expiresAt());
            agent.control.start();
            agent.renewal.start();
            return agent;
        });
    }

    private static String token(AgentSettings settings, Optional<Membership> expired) throws TokenMissingException {
        String token = settings.joinToken();
        if (token == null || token.isBlank()) {
            throw new TokenMissingException(expired.map(Membership::whyExpired)
                    .orElse("this agent has not joined yet: give it a join token (--join-token or"
                            + " BASCULE_JOIN_TOKEN), which `bascule agent create` prints"));
        }
        expired.ifPresent(member -> LOG.warn(
                "the certificate of agent {} expired at {}, joining again", member.name(), member.expiresAt()));
        return token;
    }

    /** The agent's id on its platform. */
    public UUID id() {
        return membership.get().id();
    }

    /** When its certificate is no longer good; it is renewed long before. */
    public Instant certificateExpiresAt() {
        return membership.get().expiresAt();
    }

    /** How many bridges it is connected to; two when all is well and there are two. */
    public int connectedBridges() {
        return control.connected();
    }

    /** Tunnels that end here now. */
    public int openTunnels() {
        return tunnels.count();
    }

    /** Leaves the bridges, waits for open tunnels within the grace time, and ends what is left. */
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        renewal.stop();
        control.stop();
        try {
            tunnels.stop(grace);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        connector.close();
        LOG.info("agent {} has stopped", membership.get().name());
    }

    @Override
    public void close() {
        stop();
    }

    /** The version of this program; {@code dev} when it does not run from a release. */
    static String version() {
        return Objects.requireNonNullElse(RunningAgent.class.getPackage().getImplementationVersion(), "dev");
    }

    /** What bridges say, carried out. */
    private record Orders(KeptMembership membership, AgentTunnels tunnels) implements ControlListener {

        @Override
        public void bridges(List<BridgeLocation> up) {
            LOG.info("bridges: {}", up.stream().map(BridgeLocation::id).toList());
            membership.replaceBridges(up);
        }

        @Override
        public void revoke(UUID tunnel, String reason) {
            tunnels.revoke(tunnel, reason);
        }

        @Override
        public void open(BridgeLocation from, UUID tunnel, long epoch, String ticket, boolean raw, Replies replies) {
            Optional<Refusal> refusal;
            try {
                refusal = tunnels.open(new OpenRequest(from, tunnel, epoch, ticket, raw));
            } catch (RuntimeException failure) {
                LOG.error("tunnel {}: opening it failed", tunnel, failure);
                refusal = Optional.of(new Refusal(ResetCode.INTERNAL_ERROR, "the agent failed to open it"));
            }
            refusal.ifPresent(told -> replies.refuse(tunnel, epoch, told.code().value(), told.text()));
        }
    }
}
