package io.bascule.bridge;

import io.bascule.bridge.testing.BridgeProcess;
import io.bascule.bridge.testing.Echo;
import io.bascule.bridge.testing.FakeApi;
import io.bascule.bridge.testing.TestTunnel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a bridge alone in its process holds for tunnels that do nothing, for {@code benchmarks/tunnel/all}. Not a test:
 * {@code java -cp … io.bascule.bridge.IdleTunnels COUNT}. Each tunnel has carried a few bytes both ways; both ends of all
 * are in this process. What is in memory before, with some that warm it, is not counted.
 */
final class IdleTunnels {

    private static final int AT_ONCE = 50;
    private static final int WARMING = 200;

    /** Longer than a window may do nothing before it gives back what it has. */
    private static final Duration QUIET = Duration.ofSeconds(11);

    private final TestTunnel.Location location;
    private final BridgeProcess process;
    private final List<TestTunnel> tunnels = new ArrayList<>();
    private final List<Echo> echoes = new ArrayList<>();

    private IdleTunnels(TestTunnel.Location location, BridgeProcess process) {
        this.location = location;
        this.process = process;
    }

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        Path directory = Files.createTempDirectory("bridge");
        try (FakeApi api = new FakeApi();
                BridgeProcess process = BridgeProcess.start(api, directory)) {
            TestTunnel.Location location = new TestTunnel.Location(api);
            location.connect(process.bridge());
            IdleTunnels idle = new IdleTunnels(location, process);
            idle.open(WARMING);
            BridgeProcess.Memory before = idle.rest();
            long begin = System.nanoTime();
            idle.open(count - WARMING);
            double seconds = (System.nanoTime() - begin) / 1e9;
            idle.print(before, idle.rest(), seconds);
        }
        System.exit(0);
    }

    private void open(int count) throws Exception {
        for (int opened = 0; opened < count; opened += AT_ONCE) {
            List<Echo> some = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                TestTunnel tunnel = location.openToMirror(process.bridge());
                tunnels.add(tunnel);
                some.add(Echo.start(tunnel, Duration.ofHours(1)));
            }
            some.forEach(Echo::awaitFirst);
            echoes.addAll(some);
        }
    }

    private BridgeProcess.Memory rest() throws Exception {
        new CountDownLatch(1).await(QUIET.toSeconds(), TimeUnit.SECONDS);
        for (TestTunnel tunnel : tunnels) {
            if (tunnel.client().await(Duration.ZERO).isPresent()) {
                throw new IllegalStateException(
                        "a tunnel has ended: " + tunnel.client().await());
            }
        }
        return process.memory();
    }

    private void print(BridgeProcess.Memory before, BridgeProcess.Memory after, double seconds) {
        int more = tunnels.size() - WARMING;
        System.out.printf(
                Locale.ROOT,
                "%d idle tunnels on a bridge of 1 processor and 1 GiB: %.1f KiB of heap each, %.1f KiB resident each;"
                        + " %d MiB resident in all, %d MiB of heap in use; opened %d at a time, %.0f/s%n",
                tunnels.size(),
                (after.heap() - before.heap()) / (double) more,
                (after.resident() - before.resident()) / (double) more,
                after.resident() / 1024,
                after.heap() / 1024,
                AT_ONCE,
                more / seconds);
    }
}
