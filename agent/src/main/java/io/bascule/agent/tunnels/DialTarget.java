package io.bascule.agent.tunnels;

import io.bascule.tunnel.ResetCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Connects to a target: each address of its name in turn, within a time that fits into the bridge's patience. */
final class DialTarget {

    private static final int MAX_PORT = 65_535;

    private final Duration timeout;

    /** @param timeout for all addresses together */
    DialTarget(Duration timeout) {
        this.timeout = timeout;
    }

    /** Blocks for as long as it takes; never throws for what the network does. */
    Dialled dial(String host, int port) {
        if (port < 1 || port > MAX_PORT) {
            return unreachable(host, port, "no such port");
        }
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            return failed(ResetCode.TARGET_NOT_FOUND, host + " does not resolve at the agent");
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        Dialled last = unreachable(host, port, "no address");
        for (int i = 0; i < addresses.length; i++) {
            long share = (deadline - System.nanoTime()) / (addresses.length - i);
            last = dial(new InetSocketAddress(addresses[i], port), Math.max(1, share / 1_000_000), host);
            if (last instanceof Dialled.Connected) {
                return last;
            }
        }
        return last;
    }

    private static Dialled dial(InetSocketAddress address, long millis, String host) {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(address, (int) millis);
            return new Dialled.Connected(channel);
        } catch (ConnectException refused) {
            close(channel);
            boolean nobodyListens = String.valueOf(refused.getMessage()).contains("refused");
            return nobodyListens
                    ? failed(ResetCode.TARGET_REFUSED, "nobody listens at " + host + ":" + address.getPort())
                    : unreachable(host, address.getPort(), String.valueOf(refused.getMessage()));
        } catch (IOException failure) {
            close(channel);
            if (String.valueOf(failure.getMessage()).contains("Too many open files")) {
                return failed(
                        ResetCode.INTERNAL_ERROR,
                        "the agent has as many open files as it may, none is left for a connection to " + host + ":"
                                + address.getPort() + " (raise its limit, `ulimit -n`)");
            }
            return unreachable(host, address.getPort(), String.valueOf(failure.getMessage()));
        }
    }

    private static void close(@Nullable SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException ignored) {
            // It was never connected: there is nothing to lose.
        }
    }

    private static Dialled unreachable(String host, int port, String why) {
        return failed(ResetCode.TARGET_UNREACHABLE, host + ":" + port + " cannot be reached from the agent: " + why);
    }

    private static Dialled failed(ResetCode code, String text) {
        return new Dialled.Failed(new Refusal(code, text));
    }
}
