package io.bascule.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** A stretch of ports that nobody uses. */
final class PortRange {

    private static final int WIDTH = 200;

    private PortRange() {}

    static int free() {
        while (true) {
            int base = ThreadLocalRandom.current().nextInt(100, 160) * WIDTH;
            if (IntStream.range(base, base + WIDTH).allMatch(PortRange::isFree)) {
                return base;
            }
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
