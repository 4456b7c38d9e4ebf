package io.bascule.tasks.handlers.tunnel;

import java.net.InetAddress;
import java.util.Optional;

/**
 * The near end of a task's tunnel: a port that takes one connection and carries it to the resource. Closing it ends the
 * tunnel.
 */
public interface TaskTunnel extends AutoCloseable {

    InetAddress address();

    int port();

    /** Why the tunnel ended early, in words; empty when it did not or when nothing is known yet. */
    Optional<String> whyEnded() throws InterruptedException;

    @Override
    void close();
}
