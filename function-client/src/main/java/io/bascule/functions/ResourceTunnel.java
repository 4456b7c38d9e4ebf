package io.bascule.functions;

import java.io.IOException;
import java.util.Optional;

/** A connection to a resource. One thread reads while another writes; closing it ends both. */
public interface ResourceTunnel extends AutoCloseable {

    /** Waits for bytes and returns how many; -1 at the end. */
    int read(byte[] buffer) throws IOException;

    void write(byte[] bytes) throws IOException;

    /** Nothing more is written. */
    void closeOutput() throws IOException;

    /** Why it ended early, in words; empty when it did not or when nothing is known. May wait a moment to learn it. */
    Optional<String> whyEnded() throws InterruptedException;

    /** After both sides have ended: waits, bounded, until the resource has all that was written. */
    void awaitDelivery() throws InterruptedException;

    /** Idempotent. What is under way is cut. */
    @Override
    void close();
}
