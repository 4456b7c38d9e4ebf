package io.bascule.cli.tunnel;

import io.bascule.cli.api.Api;
import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.output.Shell;
import io.bascule.tunnel.client.LegChoice;
import io.bascule.tunnel.client.LocalConnection;
import io.bascule.tunnel.client.TunnelEnd;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Listens on a port of this machine and carries each connection through a tunnel of its own, so that one that breaks
 * leaves the others alone. At most {@value #MOST} at a time; more wait to be accepted.
 */
final class LocalListener implements AutoCloseable {

    private static final int MOST = 256;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final Duration FIRST_WORD = Duration.ofSeconds(1);
    private static final Duration NEXT_WORD = Duration.ofSeconds(10);

    private final Api api;
    private final Reception reception;
    private final Shell shell;
    private final LegChoice legs;
    private final ServerSocketChannel server;
    private final Semaphore places = new Semaphore(MOST);
    private final Set<OpenedTunnel> tunnels = ConcurrentHashMap.newKeySet();

    private LocalListener(Api api, Reception reception, Shell shell, LegChoice legs, ServerSocketChannel server) {
        this.api = api;
        this.reception = reception;
        this.shell = shell;
        this.legs = legs;
        this.server = server;
    }

    /**
     * Where to listen.
     *
     * @param port 0 for any that is free
     */
    record Place(String address, int port) {}

    static LocalListener start(Api api, Reception reception, Shell shell, LegChoice legs, Place place)
            throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(new InetSocketAddress(place.address(), place.port()));
        } catch (IOException e) {
            server.close();
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "%s:%d cannot be listened on (%s): choose another --port, or 0 for any"
                            .formatted(place.address(), place.port(), e.getMessage()),
                    e);
        }
        LocalListener listener = new LocalListener(api, reception, shell, legs, server);
        Thread.ofPlatform().name("accept").daemon().start(listener::acceptAll);
        Thread.ofVirtual().name("progress").start(listener::tellProgress);
        return listener;
    }

    int port() {
        return server.socket().getLocalPort();
    }

    private void acceptAll() {
        try {
            while (server.isOpen()) {
                places.acquire();
                SocketChannel connection = server.accept();
                Thread.ofVirtual().name("connection").start(() -> carry(connection));
            }
        } catch (IOException e) {
            if (server.isOpen()) {
                shell.say("error: no more connections are accepted: " + e.getMessage());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says when a tunnel has no way to its target for a while, and when it has one again. */
    private void tellProgress() {
        Map<OpenedTunnel, Duration> waiting = new HashMap<>();
        try {
            while (server.isOpen()) {
                waiting.keySet().retainAll(tunnels);
                tunnels.forEach(tunnel -> tellProgress(tunnel, waiting));
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellProgress(OpenedTunnel tunnel, Map<OpenedTunnel, Duration> waiting) {
        Optional<TunnelEnd.Interruption> interruption = tunnel.interruption();
        if (interruption.isPresent()) {
            Duration since = interruption.get().since();
            Duration told = waiting.get(tunnel);
            if (told == null
                    ? since.compareTo(FIRST_WORD) >= 0
                    : since.minus(told).compareTo(NEXT_WORD) >= 0) {
                shell.say("%s: no way for %d s, connecting again (%s)"
                        .formatted(
                                tunnel.resource(),
                                since.toSeconds(),
                                interruption.get().why()));
                waiting.put(tunnel, since);
            }
        } else if (waiting.remove(tunnel) != null) {
            shell.say("%s: goes on, nothing was lost".formatted(tunnel.resource()));
        }
    }

    private void carry(SocketChannel connection) {
        try (connection) {
            connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Optional<String> resource = reception.welcome(connection.socket());
            if (resource.isPresent()) {
                carry(connection, resource.get());
            }
        } catch (IOException e) {
            shell.say("error: a connection broke: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private void carry(SocketChannel connection, String resource) throws IOException, InterruptedException {
        OpenedTunnel.Granted granted;
        try {
            granted = OpenedTunnel.ask(api, resource);
        } catch (CommandFailure e) {
            shell.say("error: " + e.getMessage());
            reception.refused(connection.socket(), e);
            return;
        }
        reception.granted(connection.socket());
        try (OpenedTunnel tunnel = OpenedTunnel.start(granted, legs, LocalConnection.of(connection))) {
            tunnels.add(tunnel);
            tunnel.await()
                    .ifPresent(reason -> shell.say("error: the tunnel to %s ended: %s".formatted(resource, reason)));
            tunnels.remove(tunnel);
        }
    }

    /** For when the only user of the port has ended: lets what it sent last arrive. */
    void awaitOrderlyEnds() {
        tunnels.forEach(OpenedTunnel::awaitOrderlyEnd);
    }

    /** Accepts no more and ends what is open. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            shell.say("warning: " + e.getMessage());
        }
        tunnels.forEach(OpenedTunnel::close);
    }
}
