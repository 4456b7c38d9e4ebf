package io.bascule.bridge.testing;

import io.bascule.bridge.BridgeService;
import io.bascule.bridge.server.BridgeServer;
import io.bascule.bridge.settings.BridgeIdentity;
import io.bascule.bridge.testing.TestAuthority.Identity;
import io.bascule.tunnel.client.LegKind;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The real bridge on free ports, with a stand-in for the API. */
public final class RunningBridge implements AutoCloseable {

    public static final String ID = "bridge-0";
    public static final String AUTHORITY = "0.bridge.test";

    private final FakeApi api;
    private final String id;
    private final @Nullable ConfigurableApplicationContext context;
    private final IntSupplier port;
    private final Supplier<UUID> boot;
    private final List<ManagedChannel> channels = new ArrayList<>();

    private RunningBridge(FakeApi api, String id, ConfigurableApplicationContext context) {
        this(
                api,
                id,
                context,
                () -> context.getBean(BridgeServer.class).port(),
                () -> context.getBean(BridgeIdentity.class).boot());
    }

    private RunningBridge(
            FakeApi api,
            String id,
            @Nullable ConfigurableApplicationContext context,
            IntSupplier port,
            Supplier<UUID> boot) {
        this.api = api;
        this.id = id;
        this.context = context;
        this.port = port;
        this.boot = boot;
    }

    /**
     * Returns when it is ready.
     *
     * @param settings further ones, such as {@code bascule.bridge.max-tunnels=1}
     */
    public static RunningBridge start(FakeApi api, Path directory, String... settings) throws InterruptedException {
        return startAs(ID, api, directory, settings);
    }

    /** One of several bridges; the authority is the same for all. */
    public static RunningBridge startAs(String id, FakeApi api, Path directory, String... settings)
            throws InterruptedException {
        RunningBridge bridge = startUnready(id, api, directory, settings);
        bridge.awaitReady();
        return bridge;
    }

    /** Does not wait for what the API has to say. */
    public static RunningBridge startUnready(String id, FakeApi api, Path directory, String... settings) {
        return new RunningBridge(
                api,
                id,
                new SpringApplicationBuilder(BridgeService.class).run(arguments(id, api, directory, settings)));
    }

    /** The bridge of another process, which has reported: tunnels may lead there, and nothing else is known of it. */
    static RunningBridge elsewhere(String id, FakeApi api, int port) {
        UUID boot = UUID.fromString(api.reports().getFirst().get("bootId").asString());
        return new RunningBridge(api, id, null, () -> port, () -> boot);
    }

    /** What to start the bridge with; of a setting that is said twice the last counts. */
    static String[] arguments(String id, FakeApi api, Path directory, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "server.port=0",
                "bascule.api.url=" + api.url(),
                "bascule.identity.private-key-file=" + serviceKey(directory),
                "bascule.bridge.id=" + id,
                "bascule.bridge.listen-port=0",
                "bascule.bridge.advertised-address=127.0.0.1:1",
                "bascule.bridge.authority=" + AUTHORITY,
                "bascule.bridge.state-directory=" + directory));
        all.addAll(List.of(settings));
        Map<String, String> last = new LinkedHashMap<>();
        all.forEach(setting -> last.put(setting.substring(0, setting.indexOf('=')), "--" + setting));
        return last.values().toArray(String[]::new);
    }

    public void awaitReady() throws InterruptedException {
        Eventually.until("ready", () -> get("/health/ready").statusCode() == 200);
    }

    public String id() {
        return id;
    }

    public int port() {
        return port.getAsInt();
    }

    public UUID boot() {
        return boot.get();
    }

    public <B> B bean(Class<B> type) {
        return context().getBean(type);
    }

    public ManagedChannel channel(Identity identity) {
        return channel(identity, List.of(api.authority()));
    }

    /** A channel of somebody who believes these authorities. */
    public ManagedChannel channel(Identity identity, List<TestAuthority> trusted) {
        return keep(TestChannel.to(port(), AUTHORITY, trusted, identity));
    }

    /** What carries a leg of that kind. */
    public TestWire wire(LegKind kind, Identity identity) {
        try {
            return switch (kind) {
                case GRPC -> new GrpcWire(channel(identity));
                case RAW -> RawWire.to(port(), identity);
                case AUTO -> throw new IllegalArgumentException("a test says which");
            };
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public ManagedChannel channelWithoutCertificate() {
        return keep(TestChannel.withoutCertificate(port(), AUTHORITY, api.authority()));
    }

    public String ticket(UUID tunnel, UUID agent, String client) {
        return ticket(tunnel, agent, client, _ -> {});
    }

    public String standby(UUID tunnel, UUID agent, String client) {
        return TestTicket.standby(
                new TestTicket.Subject(id, boot(), tunnel, agent, client),
                api.ticketKey().getPrivate());
    }

    public String ticket(UUID tunnel, UUID agent, String client, Consumer<JwtClaims> spoil) {
        return TestTicket.sign(
                new TestTicket.Subject(id, boot(), tunnel, agent, client),
                api.ticketKey().getPrivate(),
                spoil);
    }

    public HttpResponse<String> get(String path) {
        String http = context().getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** What a new connection gets to see. */
    public X509Certificate certificateShown() throws IOException, GeneralSecurityException {
        try (SSLSocket socket = TestTls.connect(port())) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /** The value of a series as {@code /prometheus} says it. */
    public double metric(String series) {
        return get("/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + series));
    }

    /** Stops as SIGTERM does; returns when it has stopped. */
    public void stop() {
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        stop();
    }

    private ConfigurableApplicationContext context() {
        return Objects.requireNonNull(context, "that bridge runs elsewhere");
    }

    private ManagedChannel keep(ManagedChannel channel) {
        channels.add(channel);
        return channel;
    }

    private static Path serviceKey(Path directory) {
        try {
            byte[] key = KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded();
            return Files.writeString(
                    directory.resolve("service-key.pem"),
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getEncoder().encodeToString(key)
                            + "\n-----END PRIVATE KEY-----\n");
        } catch (NoSuchAlgorithmException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
