package io.bascule.tasks.handlers.tunnel;

import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.StreamSettings;
import io.bascule.tunnel.client.BridgeConnector;
import io.bascule.tunnel.client.EndCredentials;
import io.bascule.tunnel.client.LegChoice;
import io.bascule.tunnel.client.LocalConnection;
import io.bascule.tunnel.client.TunnelEnd;
import io.bascule.tunnel.client.TunnelGrant;
import io.bascule.tunnel.client.TunnelOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The near end of a task's tunnel: a port on the loopback interface that takes one connection and carries it to the
 * resource. Closing it ends the tunnel.
 */
final class LoopbackTunnel implements TaskTunnel {

    private static final Duration TO_LEARN = Duration.ofSeconds(1);

    private final String kind;
    private final ServerSocketChannel listener;
    private final BridgeConnector connector;
    private final TunnelGrant grant;
    private volatile @Nullable TunnelEnd end;

    private LoopbackTunnel(String kind, ServerSocketChannel listener, BridgeConnector connector, TunnelGrant grant) {
        this.kind = kind;
        this.listener = listener;
        this.connector = connector;
        this.grant = grant;
    }

    static LoopbackTunnel listen(String kind, TunnelGrant grant, EndCredentials credentials, LegChoice legs) {
        try {
            ServerSocketChannel listener = ServerSocketChannel.open();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            var tunnel = new LoopbackTunnel(kind, listener, new BridgeConnector(credentials, legs), grant);
            Thread.ofVirtual().name("task-tunnel-" + grant.tunnel()).start(tunnel::acceptOne);
            return tunnel;
        } catch (IOException failure) {
            throw new UncheckedIOException("no port on the loopback interface", failure);
        }
    }

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
        return listener.socket().getLocalPort();
    }

    @Override
    public Optional<String> whyEnded() throws InterruptedException {
        TunnelEnd started = end;
        if (started == null) {
            return Optional.empty();
        }
        return started.await(TO_LEARN).flatMap(outcome -> switch (outcome) {
            case TunnelOutcome.Finished _ -> Optional.empty();
            case TunnelOutcome.Reset reset -> Optional.of(reset.text());
            case TunnelOutcome.Refused refused -> Optional.of(refused.text());
            case TunnelOutcome.Lost(String text) -> Optional.of(text);
        });
    }

    @Override
    public void awaitEnd(Duration atMost) throws InterruptedException {
        TunnelEnd started = end;
        if (started != null) {
            var _ = started.await(atMost);
        }
    }

    @Override
    public void close() {
        closeListener();
        TunnelEnd started = end;
        if (started != null) {
            started.close();
        }
        connector.close();
    }

    private void acceptOne() {
        try {
            SocketChannel connection = listener.accept();
            closeListener();
            end = TunnelEnd.start(
                    EndRole.CLIENT, grant, connector, LocalConnection.of(connection), StreamSettings.DEFAULT);
        } catch (IOException closedFirst) {
            closeListener();
        }
    }

    private void closeListener() {
        try {
            listener.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
