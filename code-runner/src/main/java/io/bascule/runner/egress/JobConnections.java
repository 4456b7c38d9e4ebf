package io.bascule.runner.egress;

import io.bascule.runner.resource.Connection;
import io.bascule.runner.resource.ProcessSide;
import io.bascule.runner.resource.ResourceProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of one job to resources. One thread tells what the process wants. */
final class JobConnections {

    private static final int LONGEST_NAME = 256;
    private static final int LARGEST_PIECE = 64 * 1024;
    /** What is on its way out, a piece of it in each step, and what comes in. */
    private static final int CONNECTION_BYTES = Connection.WINDOW + 4 * LARGEST_PIECE;

    private final EgressChannel channel;
    private final EgressPolicy policy;
    private final Egress egress;
    private final EgressListener listener;
    private final Exchange.Counter counter;
    private final Map<Integer, Connection> open = new ConcurrentHashMap<>();
    private int begun;

    JobConnections(
            EgressChannel channel,
            EgressPolicy policy,
            Egress egress,
            EgressListener listener,
            Exchange.Counter counter) {
        this.channel = channel;
        this.policy = policy;
        this.egress = egress;
        this.listener = listener;
        this.counter = counter;
    }

    /** Does what a frame about connections asks for; it has been counted. */
    void take(EgressChannel.Head head) throws IOException {
        switch (head.type()) {
            case EgressChannel.OPEN -> open(head.exchange(), text(head));
            case EgressChannel.BYTES -> write(head);
            default -> {
                channel.skip(head);
                connection(head).ifPresent(Connection::finish);
            }
        }
    }

    void abort(int id) {
        Optional.ofNullable(open.get(id)).ifPresent(Connection::abort);
    }

    void abortAll() {
        open.values().forEach(Connection::abort);
    }

    private void open(int id, String resource) throws IOException {
        ResourceProperties bounds = egress.connections().properties();
        if (!policy.resources().contains(resource)) {
            refuse(
                    id,
                    "RESOURCE_FORBIDDEN",
                    "The function may not reach the resource %s (its version's resources: %s)"
                            .formatted(resource, policy.resources()));
        } else if (open.size() >= bounds.connections() || open.containsKey(id)) {
            refuse(id, "RESOURCE_BUSY", "More than %d connections at once".formatted(bounds.connections()));
        } else if (begun >= bounds.connectionsInAll()) {
            refuse(id, "RESOURCE_BUSY", "More than %d connections of one call".formatted(bounds.connectionsInAll()));
        } else {
            Optional<EgressMemory.Share> share = egress.memory().take(CONNECTION_BYTES);
            if (share.isPresent()) {
                begin(id, resource, share.get());
            } else {
                refuse(id, "RESOURCE_BUSY", "The runner has no memory for a connection now; try again");
            }
        }
    }

    private void begin(int id, String resource, EgressMemory.Share share) {
        begun++;
        Connection connection = egress.connections().open(new Side(id), () -> {
            open.remove(id);
            share.close();
        });
        open.put(id, connection);
        listener.resourceWanted(connection.id(), resource);
    }

    private void refuse(int id, String code, String message) throws IOException {
        egress.metrics().notConnected(code);
        channel.error(id, code, message);
    }

    /** What is sent to a connection that has ended, and whose end the process has not heard yet, is passed over. */
    private void write(EgressChannel.Head head) throws IOException {
        if (head.length() > LARGEST_PIECE) {
            throw new IOException("%d bytes at once (expected: at most %d)".formatted(head.length(), LARGEST_PIECE));
        }
        Optional<Connection> connection = connection(head);
        if (connection.isEmpty()) {
            channel.skip(head);
        } else if (!connection.get().write(channel.body(head))) {
            throw new IOException("more bytes than the connection's window");
        }
    }

    private Optional<Connection> connection(EgressChannel.Head head) {
        return Optional.ofNullable(open.get(head.exchange()));
    }

    private String text(EgressChannel.Head head) throws IOException {
        if (head.length() > LONGEST_NAME) {
            throw new IOException("a resource's name of %d bytes".formatted(head.length()));
        }
        return new String(channel.body(head).array(), StandardCharsets.UTF_8);
    }

    /** What the process hears of one connection. */
    private final class Side implements ProcessSide {

        private final int id;

        private Side(int id) {
            this.id = id;
        }

        @Override
        public void opened() throws IOException {
            egress.metrics().connected();
            channel.opened(id);
        }

        @Override
        public void data(byte[] bytes) throws IOException {
            counter.count(bytes.length);
            channel.data(id, bytes, bytes.length);
        }

        @Override
        public void ended() throws IOException {
            channel.end(id);
        }

        @Override
        public void taken(int bytes) throws IOException {
            channel.taken(id, bytes);
        }

        @Override
        public void failed(String code, String message) throws IOException {
            refuse(id, code, message);
        }
    }
}
