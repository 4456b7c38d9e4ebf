package io.bascule.tunnel.client;

import io.bascule.testsupport.Streams;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Measures bulk from client to agent in one process over loopback: program, client end, bridge and agent end, two TLS
 * hops. Not a test, asserts nothing: {@code java -cp … io.bascule.tunnel.client.Throughput [MiB] [rounds]}.
 */
final class Throughput {

    private static final int PIECE = 256 * 1024;

    private Throughput() {}

    public static void main(String[] arguments) throws Exception {
        long mebibytes = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1024;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        for (int round = 1; round <= rounds; round++) {
            try (TunnelFixture tunnel = new TunnelFixture()) {
                tunnel.open(tunnel.bridge("bridge-0").grant());
                Transfer.exchange(tunnel);
                measure(tunnel, mebibytes << 20, round);
            }
        }
    }

    private static void measure(TunnelFixture tunnel, long size, int round) throws Exception {
        long cpuBefore = cpuNanos();
        long before = System.nanoTime();
        CompletableFuture<Long> written = Streams.background(() -> {
            ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
            for (long left = size; left > 0; ) {
                left -= tunnel.atClient.program().write(piece.clear().limit((int) Math.min(PIECE, left)));
            }
            return size;
        });
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
        for (long left = size; left > 0; ) {
            left -= tunnel.atAgent.program().read(piece.clear());
        }
        Transfer.result(written);
        double seconds = (System.nanoTime() - before) / 1e9;
        double cpu = (cpuNanos() - cpuBefore) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "round %d: %.3f GB/s, %.2f CPU-seconds per GiB%n",
                round,
                size / seconds / 1e9,
                cpu / (size / (double) (1 << 30)));
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
