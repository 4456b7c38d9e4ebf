package io.bascule.tasks.handlers.tunnel;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * The near end of a task's tunnel: a port that takes one connection and carries it to the resource. Closing it ends the
 * tunnel.
 */
public interface TaskTunnel extends AutoCloseable {

    /** The resource's kind, in the API's words. */
    String kind();

    InetAddress address();

    int port();

    /** Why the tunnel ended early, in words; empty when it did not or when nothing is known yet. */
    Optional<String> whyEnded() throws InterruptedException;

    /** Waits until the tunnel is over, but not longer. One that holds nothing back has nothing to wait for. */
    default void awaitEnd(Duration atMost) throws InterruptedException {}

    @Override
    void close();
}
