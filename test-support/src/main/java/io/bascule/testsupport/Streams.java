package io.bascule.testsupport;

import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** A program's reading and writing, on threads of their own, with the hash of what passed. */
public final class Streams {

    private static final int PIECE = 128 * 1024;

    private Streams() {}

    /** Writes random bytes, closes the output and gives their hash. */
    public static CompletableFuture<String> sending(SocketChannel program, long size, long seed) {
        return background(() -> {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            Random random = new Random(seed);
            byte[] piece = new byte[PIECE];
            for (long left = size; left > 0; left -= PIECE) {
                random.nextBytes(piece);
                ByteBuffer bytes = ByteBuffer.wrap(piece, 0, (int) Math.min(PIECE, left));
                hash.update(bytes.duplicate());
                while (bytes.hasRemaining()) {
                    program.write(bytes);
                }
            }
            program.shutdownOutput();
            return HexFormat.of().formatHex(hash.digest());
        });
    }

    /** Reads to the end and gives the hash. */
    public static CompletableFuture<String> receiving(SocketChannel program) {
        return background(() -> {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            while (program.read(piece) >= 0) {
                hash.update(piece.flip());
                piece.clear();
            }
            return HexFormat.of().formatHex(hash.digest());
        });
    }

    /** Runs it on a virtual thread; what it throws is the future's failure. */
    public static <T> CompletableFuture<T> background(Callable<T> task) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                future.complete(task.call());
            } catch (Exception failure) {
                future.completeExceptionally(failure);
            }
        });
        return future;
    }
}
