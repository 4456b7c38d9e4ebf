package io.bascule.tasks.handlers.tunnel;

import io.bascule.functions.ResourceTunnel;
import io.bascule.functions.ResourceTunnels;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskFailure;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

/** Tunnels for functions: those of their tasks. */
public final class FunctionTunnels implements ResourceTunnels {

    private static final Duration TO_DELIVER = Duration.ofSeconds(30);

    private final TaskTunnels tunnels;

    public FunctionTunnels(TaskTunnels tunnels) {
        this.tunnels = tunnels;
    }

    @Override
    public ResourceTunnel open(TaskContext task, String resource) throws TaskFailure, InterruptedException {
        TaskTunnel tunnel = tunnels.open(task, resource);
        try {
            return new OverSocket(tunnel, new Socket(tunnel.address(), tunnel.port()));
        } catch (IOException failure) {
            tunnel.close();
            throw TaskFailure.retryable(
                    "resource-unreachable", "The tunnel could not be entered: " + failure.getMessage());
        }
    }

    private record OverSocket(TaskTunnel tunnel, Socket socket) implements ResourceTunnel {

        @Override
        public int read(byte[] buffer) throws IOException {
            return socket.getInputStream().read(buffer);
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        @Override
        public void closeOutput() throws IOException {
            socket.shutdownOutput();
        }

        @Override
        public Optional<String> whyEnded() throws InterruptedException {
            return tunnel.whyEnded();
        }

        @Override
        public void awaitDelivery() throws InterruptedException {
            tunnel.awaitEnd(TO_DELIVER);
        }

        @Override
        public void close() {
            tunnel.close();
            try {
                socket.close();
            } catch (IOException failure) {
                // It is given up anyway, and its other end is closed.
            }
        }
    }
}
