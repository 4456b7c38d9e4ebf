package io.bascule.runner.sandbox;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has still to come of a process: its number, its three connections, its end. Each cell is filled once. */
record Pending(
        CompletableFuture<Long> pid,
        CompletableFuture<SocketChannel> channel,
        CompletableFuture<SocketChannel> output,
        CompletableFuture<SocketChannel> egress,
        CompletableFuture<ProcessExit> exit) {

    private static final Logger log = LoggerFactory.getLogger(Pending.class);

    static Pending create() {
        return new Pending(
                new CompletableFuture<>(),
                new CompletableFuture<>(),
                new CompletableFuture<>(),
                new CompletableFuture<>(),
                new CompletableFuture<>());
    }

    /** The cell for the connection of that role; {@code launcher.c} says which there are. */
    CompletableFuture<SocketChannel> connection(char role) {
        return switch (role) {
            case 'c' -> channel;
            case 'e' -> egress;
            default -> output;
        };
    }

    void fail(ProcessRefusedException refused) {
        pid.completeExceptionally(refused);
        channel.completeExceptionally(refused);
        output.completeExceptionally(refused);
        egress.completeExceptionally(refused);
        exit.complete(ProcessExit.lost());
    }

    void closeConnections() {
        close(channel);
        close(output);
        close(egress);
    }

    private static void close(CompletableFuture<SocketChannel> connection) {
        if (connection.state() == Future.State.SUCCESS) {
            try {
                connection.join().close();
            } catch (IOException failure) {
                log.debug("closing a job's connection", failure);
            }
        }
    }
}
