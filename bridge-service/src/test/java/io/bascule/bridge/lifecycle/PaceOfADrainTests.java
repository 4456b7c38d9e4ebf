package io.bascule.bridge.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.control.Agents;
import io.bascule.bridge.legs.Migrations;
import io.bascule.bridge.legs.Tunnels;
import io.bascule.bridge.phase.CurrentPhase;
import io.bascule.bridge.testing.Eventually;
import io.bascule.bridge.testing.FakeApi;
import io.bascule.bridge.testing.RunningBridge;
import io.bascule.bridge.testing.TestAgent;
import io.bascule.bridge.testing.TestAuthority.Identity;
import io.bascule.bridge.testing.TestLeg;
import io.bascule.protocol.tunnel.v1.BridgeMessage.MessageCase;
import io.bascule.tunnel.DetachReason;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How many tunnels a bridge that stops has under way at a time, with real tunnels whose ends move when the test says so. */
@Timeout(300)
class PaceOfADrainTests {

    private static final int COUNT = DrainBridge.MOST_UNDER_WAY + 30;

    /** A drain looks at the clock twice in each of its steps. */
    private static final int LOOKS = 10;

    @TempDir
    private Path directory;

    private final AtomicInteger looks = new AtomicInteger();
    private volatile Instant now = Instant.now();

    @Test
    void noMoreThanAHundredAreUnderWayUntilSomeHaveGoneOrHadTheirTime() throws Exception {
        try (FakeApi api = new FakeApi();
                RunningBridge bridge = RunningBridge.start(api, directory)) {
            List<TestLeg> clients = open(api, bridge);
            BlockingQueue<TestLeg> asked = askedOnes(clients);
            Migrations migrations = bridge.bean(Migrations.class);
            Thread draining = Thread.ofVirtual().start(drain(bridge, migrations)::drain);

            awaitAsked(migrations, DrainBridge.MOST_UNDER_WAY);
            awaitLooks();
            assertThat(migrations.asked()).as("and no more").isEqualTo(DrainBridge.MOST_UNDER_WAY);

            for (int gone = 0; gone < 10; gone++) {
                TestLeg one = Objects.requireNonNull(asked.poll(60, TimeUnit.SECONDS), "nobody was asked");
                leave(one);
                clients.remove(one);
            }
            awaitAsked(migrations, DrainBridge.MOST_UNDER_WAY + 10);
            awaitLooks();
            assertThat(migrations.asked())
                    .as("one more for each that has gone")
                    .isEqualTo(DrainBridge.MOST_UNDER_WAY + 10);

            now = Instant.now().plusSeconds(4);
            awaitAsked(migrations, COUNT);

            clients.forEach(PaceOfADrainTests::leave);
            assertThat(draining.join(Duration.ofSeconds(60))).as("none is left").isTrue();
        }
    }

    private DrainBridge drain(RunningBridge bridge, Migrations migrations) {
        return new DrainBridge(
                bridge.bean(CurrentPhase.class),
                bridge.bean(Tunnels.class),
                migrations,
                bridge.bean(Agents.class),
                () -> {
                    looks.incrementAndGet();
                    return now;
                },
                Duration.ofMinutes(5));
    }

    private static void awaitAsked(Migrations migrations, int count) throws InterruptedException {
        Eventually.until(count + " were asked", () -> migrations.asked() >= count);
    }

    /** The drain has had every occasion to ask more. */
    private void awaitLooks() throws InterruptedException {
        int before = looks.get();
        Eventually.until("it goes on", () -> looks.get() >= before + LOOKS);
    }

    private static BlockingQueue<TestLeg> askedOnes(List<TestLeg> clients) {
        BlockingQueue<TestLeg> asked = new LinkedBlockingQueue<>();
        for (TestLeg client : clients) {
            Thread.ofVirtual().start(() -> {
                try {
                    client.next(Frame.Migrate.class);
                    asked.add(client);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        return asked;
    }

    private static void leave(TestLeg client) {
        client.send(new Frame.Detach(DetachReason.ENDED)).finish();
    }

    private static List<TestLeg> open(FakeApi api, RunningBridge bridge) throws Exception {
        UUID agentId = UUID.randomUUID();
        Identity client = api.authority().client(UUID.randomUUID());
        Identity agentIdentity = api.authority().agent(agentId);
        ManagedChannel clientChannel = bridge.channel(client);
        ManagedChannel agentChannel = bridge.channel(agentIdentity);
        TestAgent agent = new TestAgent(agentChannel).hello("i1");
        agent.next(MessageCase.BRIDGES);
        List<TestLeg> clients = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            UUID tunnel = UUID.randomUUID();
            String ticket = bridge.ticket(tunnel, agentId, client.thumbprint());
            TestLeg clientLeg = new TestLeg(clientChannel).attach(EndRole.CLIENT, tunnel, 1, ticket);
            agent.nextOpen();
            new TestLeg(agentChannel).attach(EndRole.AGENT, tunnel, 1, ticket).next(Frame.Attached.class);
            clientLeg.next(Frame.Attached.class);
            clients.add(clientLeg);
        }
        return clients;
    }
}
