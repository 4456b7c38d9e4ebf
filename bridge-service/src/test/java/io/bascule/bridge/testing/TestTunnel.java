package io.bascule.bridge.testing;

import com.google.protobuf.ByteString;
import io.bascule.bridge.testing.TestAuthority.Identity;
import io.bascule.protocol.tunnel.v1.BridgeMessage.MessageCase;
import io.bascule.protocol.tunnel.v1.Open;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.ResetCode;
import io.bascule.tunnel.StreamSettings;
import io.bascule.tunnel.client.BridgeConnector;
import io.bascule.tunnel.client.EndCredentials;
import io.bascule.tunnel.client.GrantedBridge;
import io.bascule.tunnel.client.LegKind;
import io.bascule.tunnel.client.LocalConnection;
import io.bascule.tunnel.client.TunnelEnd;
import io.bascule.tunnel.client.TunnelGrant;
import io.bascule.tunnel.client.proof.Inner;
import io.bascule.tunnel.client.proof.OtherEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/** Real ends of tunnels at the real bridges of a test, each tunnel with a socket for the program at either side. */
public final class TestTunnel implements AutoCloseable {

    private static final int CLIENTS = 8;

    private final UUID id;
    private final SocketChannel[] near;
    private final SocketChannel[] far;
    private final TunnelEnd client;

    private TestTunnel(Location location, UUID tunnel, List<RunningBridge> bridges) throws IOException {
        this(location, tunnel, bridges, pair(), pair());
    }

    private static TestTunnel toMirror(Location location, UUID tunnel, List<RunningBridge> bridges) throws IOException {
        location.mirrors.put(tunnel, new Mirror());
        return new TestTunnel(location, tunnel, bridges, pair(), new SocketChannel[0]);
    }

    private TestTunnel(
            Location location, UUID tunnel, List<RunningBridge> bridges, SocketChannel[] near, SocketChannel[] far)
            throws IOException {
        this.near = near;
        this.far = far;
        this.id = tunnel;
        Client holder = location.nextClient();
        Identity identity = holder.identity();
        if (far.length > 0) {
            location.targets.put(tunnel, far[1]);
        }
        this.client = TunnelEnd.start(
                EndRole.CLIENT,
                new TunnelGrant(
                        tunnel,
                        1,
                        bridges.stream()
                                .map(bridge -> location.granted(
                                        EndRole.CLIENT,
                                        bridge,
                                        bridge.ticket(tunnel, location.agentId, identity.thumbprint())))
                                .toList(),
                        bridges.stream()
                                .map(bridge -> location.granted(
                                        EndRole.CLIENT,
                                        bridge,
                                        bridge.standby(tunnel, location.agentId, identity.thumbprint())))
                                .toList(),
                        new OtherEnd.Agent(location.agentId),
                        location.inner),
                holder.connector(),
                LocalConnection.of(near[1]),
                StreamSettings.DEFAULT);
    }

    public UUID id() {
        return id;
    }

    /** The program at the client's side. */
    public SocketChannel near() {
        return near[0];
    }

    /** Whether what stands at the agent's side sends back what comes; then there is no {@link #far}. */
    public boolean isMirrored() {
        return far.length == 0;
    }

    /** The target at the agent's side. */
    public SocketChannel far() {
        return far[0];
    }

    public TunnelEnd client() {
        return client;
    }

    @Override
    public void close() throws IOException {
        client.close();
        for (SocketChannel[] side : List.of(near, far)) {
            for (SocketChannel channel : side) {
                channel.close();
            }
        }
    }

    private static BridgeConnector connector(FakeApi api, Identity identity, LegKind kind) {
        return new BridgeConnector(
                new EndCredentials(
                        identity.key().getPrivate(),
                        List.of(identity.certificate()),
                        List.of(api.authority().certificate())),
                kind);
    }

    private static SocketChannel[] pair() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel one = SocketChannel.open(server.getLocalAddress());
            return new SocketChannel[] {one, server.accept()};
        }
    }

    private record Client(Identity identity, BridgeConnector connector) {}

    /** An agent with a control stream to each of the bridges, and the tunnels that lead to it. */
    public static final class Location implements AutoCloseable {

        private final FakeApi api;
        private final UUID agentId = UUID.randomUUID();
        private LegKind kind = LegKind.configured(System.getenv());
        private BridgeConnector connector;
        private final Map<UUID, SocketChannel> targets = new ConcurrentHashMap<>();
        private final Map<UUID, Mirror> mirrors = new ConcurrentHashMap<>();
        private final Map<UUID, TunnelEnd> ends = new ConcurrentHashMap<>();
        private final Map<String, Cable> cables = new ConcurrentHashMap<>();
        private final Identity identity;
        private final List<Client> clients = new ArrayList<>();
        private int opened;
        private int seenAt;
        private Inner inner = Inner.NONE;

        public Location(FakeApi api) {
            this.api = api;
            this.identity = api.authority().agent(agentId);
            this.connector = connector(api, identity, kind);
        }

        /** A few clients share many tunnels, so that handshakes are not what a test waits for. */
        private synchronized Client nextClient() {
            if (clients.size() < CLIENTS) {
                Identity own = api.authority().client(UUID.randomUUID());
                clients.add(new Client(own, TestTunnel.connector(api, own, kind)));
            }
            return clients.get(opened++ % clients.size());
        }

        /** Clients dial every bridge at this port, where something on the way to it listens. */
        public void seeBridgesAt(int port) {
            seenAt = port;
        }

        /** Tunnels that are opened from now on use legs of this kind; to be said before the first one. */
        public void legs(LegKind kind) {
            this.kind = kind;
            connector.close();
            connector = connector(api, identity, kind);
        }

        /** Tunnels that are opened from now on have this around their bytes. */
        public void inside(Inner inner) {
            this.inner = inner;
        }

        public UUID agent() {
            return agentId;
        }

        /** The agent connects to a bridge and comes when it is called there. */
        public TestAgent connect(RunningBridge bridge) throws InterruptedException {
            TestAgent control = control(bridge);
            control.hello("i1").next(MessageCase.BRIDGES);
            return control;
        }

        /** A control stream that has not said hello. */
        public TestAgent control(RunningBridge bridge) {
            TestAgent agent = new TestAgent(bridge.channel(identity));
            return agent.onOpen(open -> {
                UUID tunnel = uuid(open.getTunnel());
                if (ends.containsKey(tunnel) || targets.containsKey(tunnel) || mirrors.containsKey(tunnel)) {
                    come(bridge, open, tunnel);
                } else {
                    agent.refuse(open, ResetCode.CLOSED.value(), "over");
                }
            });
        }

        /** Ends of that role reach the bridge over this cable from now on. */
        public void via(EndRole role, RunningBridge bridge, Cable cable) {
            cables.put(role + " " + bridge.id(), cable);
        }

        private GrantedBridge granted(EndRole role, RunningBridge bridge, String ticket) {
            Cable cable = cables.get(role + " " + bridge.id());
            int direct = role == EndRole.CLIENT && seenAt != 0 ? seenAt : bridge.port();
            int port = cable == null ? direct : cable.port();
            return new GrantedBridge(bridge.id(), "127.0.0.1:" + port, RunningBridge.AUTHORITY, ticket);
        }

        public TestTunnel open(RunningBridge... bridges) throws IOException {
            return new TestTunnel(this, UUID.randomUUID(), List.of(bridges));
        }

        /** A tunnel to a target that sends back what comes. */
        public TestTunnel openToMirror(RunningBridge... bridges) throws IOException {
            return toMirror(this, UUID.randomUUID(), List.of(bridges));
        }

        /** Carries a connection to a target, through a tunnel of its own, until it is over. */
        public void forward(SocketChannel connection, SocketAddress target, RunningBridge bridge) {
            UUID tunnel = UUID.randomUUID();
            try (SocketChannel dialled = SocketChannel.open(target)) {
                dialled.setOption(StandardSocketOptions.TCP_NODELAY, true);
                SocketChannel[] near = {connection, connection};
                SocketChannel[] far = {dialled, dialled};
                new TestTunnel(this, tunnel, List.of(bridge), near, far)
                        .client()
                        .await();
                TunnelEnd end = ends.remove(tunnel);
                if (end != null) {
                    end.await();
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } finally {
                targets.remove(tunnel);
            }
        }

        /** The agent ends of all tunnels that it was called for. */
        public List<TunnelEnd> ends() {
            return new ArrayList<>(ends.values());
        }

        @Override
        public void close() {
            ends.values().forEach(TunnelEnd::close);
            connector.close();
            clients.forEach(client -> client.connector().close());
        }

        private void come(RunningBridge bridge, Open open, UUID tunnel) {
            GrantedBridge granted = granted(EndRole.AGENT, bridge, open.getTicket());
            TunnelEnd here = ends.get(tunnel);
            if (here != null) {
                here.moveTo(granted, open.getEpoch(), open.getRaw());
                return;
            }
            ends.put(
                    tunnel,
                    TunnelEnd.start(
                            EndRole.AGENT,
                            new TunnelGrant(
                                    tunnel,
                                    open.getEpoch(),
                                    List.of(granted),
                                    List.of(),
                                    new OtherEnd.Client(client(open)),
                                    inner),
                            connector,
                            target(tunnel),
                            StreamSettings.DEFAULT));
        }

        private LocalConnection target(UUID tunnel) {
            Mirror mirror = mirrors.get(tunnel);
            return mirror == null
                    ? LocalConnection.of(Objects.requireNonNull(targets.get(tunnel)))
                    : mirror.connection();
        }

        /** As the real agent reads it, whose test is elsewhere. */
        private static String client(Open open) {
            String payload = open.getTicket().split("\\.", -1)[1];
            return JsonMapper.shared()
                    .readTree(Base64.getUrlDecoder().decode(payload))
                    .path("client")
                    .asString();
        }

        private static UUID uuid(ByteString bytes) {
            ByteBuffer id = bytes.asReadOnlyByteBuffer();
            return new UUID(id.getLong(), id.getLong());
        }
    }
}
