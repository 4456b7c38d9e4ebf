package io.bascule.runner.resource;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The connections that jobs have asked for and nobody carries yet. Safe for use by many threads. */
public final class Connections {

    private final Map<String, Connection> wanted = new ConcurrentHashMap<>();
    private final ResourceProperties properties;

    public Connections(ResourceProperties properties) {
        this.properties = properties;
    }

    public ResourceProperties properties() {
        return properties;
    }

    /**
     * A connection that waits to be carried.
     *
     * @param onOver is called once, when it is over
     */
    public Connection open(ProcessSide process, Runnable onOver) {
        Connection connection = new Connection(process, onOver);
        wanted.put(connection.id(), connection);
        Thread.ofVirtual().name("keep-" + connection.id()).start(() -> keep(connection));
        return connection;
    }

    /** The connection of that id, which is carried from now on; empty when none waits. It can be had once. */
    public Optional<Connection> carry(String id, Carrier carrier) throws IOException {
        Connection found = wanted.remove(id);
        return found != null && found.carry(carrier) ? Optional.of(found) : Optional.empty();
    }

    /** The connection of that id will not be had. */
    public void refuse(String id, String code, String message) {
        Connection found = wanted.remove(id);
        if (found != null) {
            found.failed(code, message);
        }
    }

    private void keep(Connection connection) {
        try {
            connection.keep(properties.openedWithin(), properties.idle());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            wanted.remove(connection.id());
        }
    }
}
