package io.bascule.local;

import io.bascule.local.process.LocalFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Which port each part gets: the API at the base, everything else from the next on, the bridges' doors for agents and
 * clients where people expect them when the base is the default one.
 */
public record Ports(int base) {

    public static final int DEFAULT_BASE = 5000;
    private static final int LAST_OFFSET = 199;
    private static final int DEFAULT_FIRST_BRIDGE = 8443;

    public Ports {
        if (base < 1024 || base > 65535 - LAST_OFFSET) {
            throw new LocalFailure("--port-base %d (expected: 1024 to %d)".formatted(base, 65535 - LAST_OFFSET));
        }
    }

    int at(int offset) {
        return base + offset;
    }

    int api() {
        return base;
    }

    /** Where the bridge of this number takes legs. */
    int legs(int bridge) {
        return base == DEFAULT_BASE ? DEFAULT_FIRST_BRIDGE + bridge : base + 100 + bridge;
    }

    /** Fails with the name of the port and the remedy when another program has it. */
    void requireFree(String name, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new LocalFailure(
                    "Port %d, which %s needs, is taken: end what uses it or choose other ports with --port-base %d"
                            .formatted(port, name, base + 1000 > 60000 ? DEFAULT_BASE : base + 1000),
                    e);
        }
    }
}
