package io.bascule.bridge.testing;

import io.bascule.bridge.BridgeService;
import io.bascule.testsupport.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A bridge alone in a process with the virtual machine that its image has, on one processor and 1 GiB, of which it takes 60 %. */
public final class BridgeProcess implements AutoCloseable {

    private static final List<String> AS_DEPLOYED = List.of(
            "-XX:ActiveProcessorCount=1",
            "-XX:MaxRAM=1g",
            "-XX:MaxRAMPercentage=60",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final Process process;
    private final RunningBridge bridge;

    private BridgeProcess(Process process, RunningBridge bridge) {
        this.process = process;
        this.bridge = bridge;
    }

    /** Returns when the bridge has reported to the API. What it says goes to a file of the directory. */
    public static BridgeProcess start(FakeApi api, Path directory) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(AS_DEPLOYED);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BridgeService.class.getName()));
        command.addAll(List.of(
                RunningBridge.arguments(RunningBridge.ID, api, directory, "bascule.bridge.listen-port=" + port)));
        Path log = directory.resolve("bridge.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Await.until(() -> !api.reports().isEmpty() || !process.isAlive());
        if (!process.isAlive()) {
            throw new IOException("the bridge ended: " + Files.readString(log));
        }
        return new BridgeProcess(process, RunningBridge.elsewhere(RunningBridge.ID, api, port));
    }

    public RunningBridge bridge() {
        return bridge;
    }

    /** What the process has in memory after a collection. */
    public Memory memory() throws IOException, InterruptedException {
        command("GC.run");
        String heap = command("GC.heap_info");
        long used = heap.lines()
                .filter(line -> line.contains("generation") || line.contains("total"))
                .filter(line -> line.contains(" used "))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".* used ([0-9]+)K.*", "$1")))
                .sum();
        return new Memory(used, resident());
    }

    /**
     * In KiB.
     *
     * @param heap of objects that are in use
     * @param resident of all the process has, parts of the heap that are free included
     */
    public record Memory(long heap, long resident) {}

    @Override
    public void close() {
        bridge.close();
        process.destroy();
        process.onExit().join();
    }

    private long resident() {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String command(String what) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        what)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException(said);
        }
        return said;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
