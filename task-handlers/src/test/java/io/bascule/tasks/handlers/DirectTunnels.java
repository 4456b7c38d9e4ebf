package io.bascule.tasks.handlers;

import io.bascule.tasks.handlers.tunnel.TaskTunnel;
import io.bascule.tasks.handlers.tunnel.TaskTunnels;
import io.bascule.tasks.worker.TaskContext;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Tunnels of no length: each is the port of the target itself. */
public record DirectTunnels(String kind, int port, AtomicInteger opened) implements TaskTunnels {

    public static DirectTunnels to(int port) {
        return to("postgres", port);
    }

    public static DirectTunnels to(String kind, int port) {
        return new DirectTunnels(kind, port, new AtomicInteger());
    }

    @Override
    public TaskTunnel open(TaskContext context, String resource) {
        opened.incrementAndGet();
        return new TaskTunnel() {
            @Override
            public String kind() {
                return kind;
            }

            @Override
            public InetAddress address() {
                return InetAddress.getLoopbackAddress();
            }

            @Override
            public int port() {
                return port;
            }

            @Override
            public Optional<String> whyEnded() {
                return Optional.empty();
            }

            @Override
            public void close() {}
        };
    }
}
