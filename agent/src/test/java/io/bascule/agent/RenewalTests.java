package io.bascule.agent;

import static io.bascule.agent.ClientEnds.data;
import static io.bascule.agent.ClientEnds.receive;
import static io.bascule.agent.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.agent.FakeBridge.AgentLeg;
import io.bascule.tunnel.client.LegKind;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent's certificate is replaced in time, whatever the agent carries meanwhile. Certificates live for an hour here. */
@SuppressWarnings("NullAway.Init")
class RenewalTests {

    private static final Duration PAST_HALF = Duration.ofMinutes(35);

    @TempDir
    private Path directory;

    private final MovableClock clock = new MovableClock();
    private final UUID tunnel = UUID.randomUUID();
    private TestPlatform platform;
    private FakeBridge bridge;
    private EchoTarget target;
    private ClientEnds clients;

    @BeforeEach
    void aPlatform() throws Exception {
        platform = new TestPlatform();
        bridge = platform.startBridge("bridge-0");
        target = new EchoTarget();
        clients = new ClientEnds(platform, target);
    }

    @AfterEach
    void stop() throws Exception {
        target.close();
        platform.close();
    }

    @Test
    void afterHalfOfItsLifeItIsReplacedForNewConnectionsAndTunnelsRunOn() throws Exception {
        try (RunningAgent agent = start(TestPlatform.TOKEN)) {
            bridge.nextHello();
            AgentLeg before = clients.open(bridge, tunnel, 1);
            before.send(data(0, "before "));
            assertThat(receive(before, 7)).isEqualTo("before ");
            Instant first = agent.certificateExpiresAt();

            platform.issueFor(Duration.ofHours(3));
            clock.advance(PAST_HALF);
            until(
                    "the certificate is replaced",
                    () -> agent.certificateExpiresAt().isAfter(first));

            before.send(data(7, "after"));
            assertThat(receive(before, 5)).as("the tunnel that was open").isEqualTo("after");
            AgentLeg next = clients.open(bridge, UUID.randomUUID(), 1);
            assertThat(next.certificate().getNotAfter().toInstant()).isEqualTo(agent.certificateExpiresAt());
            assertThat(next.certificate().getPublicKey())
                    .as("a new key as well")
                    .isNotEqualTo(before.certificate().getPublicKey());
            next.send(data(0, "new"));
            assertThat(receive(next, 3)).isEqualTo("new");
            assertThat(target.connections).hasValue(2);
        }
        assertThat(platform.renewals).hasValue(1);
    }

    @Test
    void theNextStartKnowsTheNewCertificate() throws Exception {
        Instant renewed;
        try (RunningAgent agent = start(TestPlatform.TOKEN)) {
            renewed = renew(agent);
        }

        try (RunningAgent again = start(null)) {
            assertThat(again.certificateExpiresAt()).isEqualTo(renewed);
        }
        try (Stream<Path> files = Files.list(state())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("nothing half written is left")
                    .containsExactlyInAnyOrder("identity.json", "membership.json");
        }
    }

    @Test
    void aNewAuthorityIsTrustedBesideTheOldOne() throws Exception {
        try (RunningAgent agent = start(TestPlatform.TOKEN)) {
            bridge.nextHello();
            AgentLeg old = clients.open(bridge, tunnel, 1);
            platform.rotateAuthority();
            renew(agent);

            FakeBridge next = platform.startBridge("bridge-1");
            bridge.tellBridges(bridge, next);

            next.nextHello();
            AgentLeg leg = clients.open(next, UUID.randomUUID(), 1);
            assertThat(leg.certificate().getIssuerX500Principal().getName()).contains("Next test authority");
            old.send(data(0, "still"));
            assertThat(receive(old, 5)).isEqualTo("still");
        }
    }

    @Test
    void anApiThatIsAwayIsAskedAgainAndWhyIsTold() throws Exception {
        try (Said said = new Said();
                RunningAgent agent = start(TestPlatform.TOKEN)) {
            platform.refuseRenewals(true);
            clock.advance(PAST_HALF);
            until("it was asked twice", () -> platform.renewalsRefused.get() >= 2);
            assertThat(said.with("could not be renewed"))
                    .as("told once while nothing changes")
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("WARN", "expires in", "database-away");

            Instant first = agent.certificateExpiresAt();
            platform.refuseRenewals(false);
            until("it is renewed", () -> agent.certificateExpiresAt().isAfter(first));
        }
    }

    @Test
    void aStateDirectoryThatCannotBeWrittenToIsToldOnceAndStopsNothing() throws Exception {
        try (Said said = new Said();
                RunningAgent agent = start(TestPlatform.TOKEN)) {
            bridge.nextHello();
            Files.move(state(), directory.resolve("elsewhere"));

            renew(agent);
            renew(agent);

            assertThat(said.with("cannot be written"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("WARN", "in memory");
            AgentLeg leg = clients.open(bridge, tunnel, 1);
            assertThat(leg.certificate().getNotAfter().toInstant()).isEqualTo(agent.certificateExpiresAt());
        }
    }

    @Test
    void anAgentThatHasJoinedStartsFromAReadOnlyDisk() throws Exception {
        start(TestPlatform.TOKEN).close();
        Path disk = directory.resolve("disk.zip");
        try (FileSystem writable = FileSystems.newFileSystem(disk, Map.of("create", "true"))) {
            for (String file : new String[] {"identity.json", "membership.json"}) {
                Files.copy(state().resolve(file), writable.getPath(file));
            }
        }

        try (FileSystem readOnly =
                        FileSystems.newFileSystem(URI.create("jar:" + disk.toUri()), Map.of("accessMode", "readOnly"));
                RunningAgent agent = start(null, readOnly.getPath("/"))) {
            bridge.nextHello();
            renew(agent);
            AgentLeg leg = clients.open(bridge, tunnel, 1);
            assertThat(leg.certificate().getNotAfter().toInstant()).isEqualTo(agent.certificateExpiresAt());
        }
    }

    @Test
    void anAgentWhoseCertificateExpiredSaysWhatToDoAndItsTunnelsRunOn() throws Exception {
        try (Said said = new Said();
                RunningAgent _ = start(TestPlatform.TOKEN)) {
            bridge.nextHello();
            AgentLeg leg = clients.open(bridge, tunnel, 1);
            platform.refuseRenewals(true);

            clock.advance(Duration.ofMinutes(61));
            until("it says so", () -> !said.with("expired at").isEmpty());

            assertThat(said.with("expired at").getFirst())
                    .contains("ERROR", "bascule agent token berlin", "--join-token");
            leg.send(data(0, "alive"));
            assertThat(receive(leg, 5)).isEqualTo("alive");
        }
        assertThatThrownBy(() -> start(null))
                .isInstanceOf(TokenMissingException.class)
                .hasMessageContaining("bascule agent token berlin");
    }

    @Test
    void aClockThatWasWrongForAMomentEndsNothing() throws Exception {
        try (Said said = new Said();
                RunningAgent agent = start(TestPlatform.TOKEN)) {
            Instant first = agent.certificateExpiresAt();
            clock.advance(Duration.ofMinutes(61));
            until("it says that it expired", () -> !said.with("expired at").isEmpty());

            clock.advance(PAST_HALF.minusMinutes(61));

            until("it is renewed", () -> agent.certificateExpiresAt().isAfter(first));
        }
    }

    @Test
    void anAgentWhoseCertificateExpiredJoinsAgainWithAToken() throws Exception {
        start(TestPlatform.TOKEN).close();
        clock.advance(Duration.ofMinutes(61));
        platform.issueFor(Duration.ofHours(3));

        try (RunningAgent again = start(TestPlatform.TOKEN)) {
            assertThat(again.certificateExpiresAt()).isAfter(clock.instant());
            assertThat(again.id()).isEqualTo(platform.agent);
        }
        assertThat(platform.joins).hasValue(2);
    }

    /** Moves the clock past half of the certificate's life; the new one lives longer than any before. */
    private Instant renew(RunningAgent agent) throws InterruptedException {
        Instant before = agent.certificateExpiresAt();
        Duration left = Duration.between(clock.instant(), before);
        platform.issueFor(left.multipliedBy(3));
        clock.advance(left.dividedBy(2).plusMinutes(1));
        until("the certificate is replaced", () -> agent.certificateExpiresAt().isAfter(before));
        return agent.certificateExpiresAt();
    }

    private Path state() {
        return directory.resolve("state");
    }

    private RunningAgent start(@Nullable String token) throws Exception {
        return start(token, state());
    }

    private RunningAgent start(@Nullable String token, Path state) throws Exception {
        AgentSettings settings = new AgentSettings(platform.url(), token, state, 10, Duration.ZERO, LegKind.GRPC);
        return RunningAgent.start(settings, new CountDownLatch(1), clock).orElseThrow();
    }
}
