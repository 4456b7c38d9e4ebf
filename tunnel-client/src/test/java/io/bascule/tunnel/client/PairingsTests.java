package io.bascule.tunnel.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.DetachReason;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.StreamSettings;
import io.bascule.tunnel.TunnelStream;
import io.bascule.tunnel.client.proof.Handshake;
import io.bascule.tunnel.client.proof.Inner;
import io.bascule.tunnel.client.proof.Introductions;
import io.bascule.tunnel.client.proof.OtherEnd;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a client end takes itself to be is where it is, however late its legs say so. */
@SuppressWarnings("NullAway.Init")
class PairingsTests {

    private static final GrantedBridge FIRST = bridge("bridge-0");
    private static final GrantedBridge SECOND = bridge("bridge-1");
    private static final GrantedBridge THIRD = bridge("bridge-2");

    private final UUID tunnel = UUID.randomUUID();
    private final UUID agentId = UUID.randomUUID();
    private Introductions client;
    private Introductions agent;
    private BridgeConnector connector;
    private Route route;
    private Coupling coupling;
    private Pairings pairings;
    private Pairings.Before before;

    @BeforeEach
    void aClientIsOnTheFirstBridge() throws Exception {
        TestAuthority authority = new TestAuthority();
        EndCredentials credentials = authority.credentials("session", "client");
        OtherEnd.Client known = new OtherEnd.Client(
                OtherEnd.thumbprint(credentials.certificateChain().getFirst()));
        client = new Introductions(tunnel, EndRole.CLIENT, credentials, new OtherEnd.Agent(agentId));
        client.prepare();
        agent = new Introductions(tunnel, EndRole.AGENT, authority.credentials(agentId.toString(), "agent"), known);
        connector = new BridgeConnector(credentials, LegKind.AUTO);
        List<GrantedBridge> all = List.of(FIRST, SECOND, THIRD);
        TunnelGrant grant = new TunnelGrant(tunnel, 1, all, all, new OtherEnd.Agent(agentId), Inner.NONE);
        route = new Route(EndRole.CLIENT, grant, System::nanoTime);
        coupling = new Coupling(new TunnelStream(StreamSettings.DEFAULT, System.nanoTime()), System::nanoTime, true);
        pairings = new Pairings(tunnel, EndRole.CLIENT, connector, coupling, route);
        come(FIRST, 1).says(new Frame.Hello(0, 1000));
        pairings.decide();
    }

    @AfterEach
    void close() {
        connector.close();
    }

    @Test
    void aLegThatIsLostLongAfterItsPairingAndBeforeHelloLeavesTheEndWhereItWas() throws Exception {
        ScriptedLeg second = come(SECOND, 2);
        assertThat(pairings.isDecided()).isFalse();
        assertThat(route.here()).contains(SECOND);

        second.breaks();

        assertThat(coupling.hasFallenBack()).isTrue();
        assertThat(pairings.isDecided()).isTrue();
        pairings.decide();
        assertThat(pairings.isDecided()).as("once").isFalse();
        assertThat(route.here()).contains(FIRST);
        assertThat(route.next().orElseThrow().bridge()).isNotEqualTo(FIRST);
    }

    @Test
    void aLegThatIsLostWhileTheNextOneIsBegunLeavesTheEndWhereItWas() throws Exception {
        ScriptedLeg second = come(SECOND, 2);
        ScriptedLeg third = begin(THIRD, 3);
        second.breaks();
        third.meets(THIRD, 3);
        settle(THIRD, 3);

        third.breaks();
        pairings.decide();

        assertThat(route.here()).contains(FIRST);
    }

    @Test
    void anEndWhoseOtherEndComesLateIsWhereItCameTo() throws Exception {
        ScriptedLeg second = come(SECOND, 2);

        second.says(new Frame.Hello(0, 1000));
        pairings.decide();

        assertThat(route.here()).contains(SECOND);
        assertThat(second.sent).contains(new Frame.Resumed(true, 0));
    }

    @Test
    void aLegThatEndsInOrderSaysThatTheOtherEndHasLeftOnlyIfItHadCome() throws Exception {
        ScriptedLeg second = come(SECOND, 2);

        second.ends();

        assertThat(coupling.hasFallenBack()).isTrue();
        assertThat(coupling.hasOtherLeft()).isFalse();
        ScriptedLeg third = come(THIRD, 3);
        third.says(new Frame.Hello(0, 1000));
        third.ends();
        assertThat(coupling.hasOtherLeft()).isTrue();
    }

    @Test
    void aBridgeThatLetsTheEndGoAndSaysSoIsNotTakenForTheOtherEndsLeaving() throws Exception {
        ScriptedLeg second = come(SECOND, 2);
        second.says(new Frame.Hello(0, 1000));

        second.says(new Frame.Migrate(0, ""));
        second.ends();

        assertThat(coupling.hasOtherLeft()).isFalse();
    }

    /** To a bridge where the other end has not said HELLO, and no longer is waited for that. */
    private ScriptedLeg come(GrantedBridge bridge, long epoch) throws Exception {
        ScriptedLeg leg = begin(bridge, epoch);
        leg.meets(bridge, epoch);
        settle(bridge, epoch);
        return leg;
    }

    private void settle(GrantedBridge bridge, long epoch) throws Exception {
        Route.Attempt attempt = new Route.Attempt(bridge, epoch, 0, false);
        pairings.settle(attempt, coupling.stand(), before, 0);
    }

    private ScriptedLeg begin(GrantedBridge bridge, long epoch) {
        before = pairings.before();
        ScriptedLeg leg = new ScriptedLeg();
        coupling.attach(
                _ -> leg,
                new Frame.Attach(Frame.VERSION, EndRole.CLIENT, tunnel, epoch, bridge.ticket()),
                client.handshake(epoch, bridge.id()),
                false);
        return leg;
    }

    private static GrantedBridge bridge(String id) {
        return new GrantedBridge(id, "127.0.0.1:1", id + ".bridge.test", "ticket for " + id);
    }

    /** A leg without a network, with the bridge and the other end behind it. */
    private final class ScriptedLeg implements Leg {

        private final List<Frame> sent = new ArrayList<>();

        /** The bridge pairs it, and both ends prove who they are. */
        void meets(GrantedBridge bridge, long epoch) throws Exception {
            Handshake other = agent.handshake(epoch, bridge.id());
            says(new Frame.Attached(AttachStatus.OK, epoch, 0, ""));
            says(other.introduce());
            Frame.Prove proof = other.answer((Frame.Introduce) sent.getLast());
            coupling.keepUntil(() -> sent.getLast() instanceof Frame.Prove, 0);
            says(proof);
            assertThat(coupling.stand()).isEqualTo(new LegStand.Attached());
        }

        void says(Frame frame) {
            coupling.received(this, frame);
        }

        void ends() {
            coupling.ended(this, Status.OK);
        }

        void breaks() {
            coupling.ended(this, Status.UNAVAILABLE);
        }

        @Override
        public void start(Frame.Attach attach) {
            sent.add(attach);
        }

        @Override
        public void send(Frame frame) {
            sent.add(frame);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void leave(DetachReason reason) {
            sent.add(new Frame.Detach(reason));
        }

        @Override
        public void cancel(String why) {
            // Nothing comes over it any more anyway.
        }
    }
}
