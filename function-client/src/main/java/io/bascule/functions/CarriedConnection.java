package io.bascule.functions;

import com.google.protobuf.UnsafeByteOperations;
import io.bascule.protocol.runner.v1.ConnectionFailure;
import io.bascule.protocol.runner.v1.ConnectionPart;
import io.bascule.protocol.runner.v1.EndOfData;
import io.bascule.protocol.runner.v1.Opening;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the bytes of one connection between a runner's call and a tunnel, on two threads: each blocks while the side that
 * it writes to takes nothing, so neither side is ever ahead by more than what lies in between.
 */
final class CarriedConnection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CarriedConnection.class);
    private static final int PIECE_BYTES = 32 * 1024;

    private final BlockingClientCall<ConnectionPart, ConnectionPart> call;
    private final ResourceTunnel tunnel;
    private final ReentrantLock writing = new ReentrantLock();
    /** Set before the runner hears of it: when the runner ends the call after that, the connection has ended in order. */
    private volatile boolean resourceEnded;

    CarriedConnection(BlockingClientCall<ConnectionPart, ConnectionPart> call, ResourceTunnel tunnel) {
        this.call = call;
        this.tunnel = tunnel;
    }

    /** Tells the runner that the way is open, and carries; blocks until the connection is over. */
    void carry(String connection) throws InterruptedException {
        boolean open = tell(ConnectionPart.newBuilder()
                .setOpening(Opening.newBuilder().setConnection(connection))
                .build());
        if (open) {
            Thread.ofVirtual().name("resource-" + connection).start(this::carryToRunner);
            carryToResource();
        }
    }

    private void carryToResource() throws InterruptedException {
        boolean functionEnded = false;
        try {
            for (var part = call.read(); part != null; part = call.read()) {
                if (part.hasData()) {
                    tunnel.write(part.getData().toByteArray());
                } else if (part.hasEnd()) {
                    tunnel.closeOutput();
                    functionEnded = true;
                }
            }
            if (functionEnded && resourceEnded) {
                tunnel.awaitDelivery();
            }
        } catch (IOException cut) {
            tellWhy(cut);
            awaitEnd(call);
        } catch (StatusException ended) {
            log.debug("The runner ended a connection: {}", ended.getMessage());
        }
    }

    private void carryToRunner() {
        byte[] buffer = new byte[PIECE_BYTES];
        try {
            boolean heard = true;
            for (int length = tunnel.read(buffer); length >= 0 && heard; length = tunnel.read(buffer)) {
                heard = tell(ConnectionPart.newBuilder()
                        .setData(UnsafeByteOperations.unsafeWrap(Arrays.copyOf(buffer, length)))
                        .build());
            }
            resourceEnded = true;
            tell(ConnectionPart.newBuilder()
                    .setEnd(EndOfData.getDefaultInstance())
                    .build());
        } catch (IOException cut) {
            tellWhy(cut);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellWhy(IOException cut) {
        try {
            String why = tunnel.whyEnded().orElse("The connection was cut: " + cut.getMessage());
            tell(ConnectionPart.newBuilder()
                    .setFailure(failure("RESOURCE_UNREACHABLE", why))
                    .build());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the runner takes it; false when the call has ended. */
    private boolean tell(ConnectionPart part) throws InterruptedException {
        writing.lockInterruptibly();
        try {
            return call.write(part);
        } catch (StatusException | IllegalStateException ended) {
            log.debug("The runner ended a connection: {}", ended.getMessage());
            return false;
        } finally {
            writing.unlock();
        }
    }

    /** Tells the runner that there is no way. */
    static void refuse(
            BlockingClientCall<ConnectionPart, ConnectionPart> call, String connection, ConnectionFailure why)
            throws InterruptedException {
        try {
            call.write(ConnectionPart.newBuilder()
                    .setOpening(Opening.newBuilder().setConnection(connection).setRefusal(why))
                    .build());
            awaitEnd(call);
        } catch (StatusException ended) {
            log.debug("The job did not wait for the refusal: {}", ended.getMessage());
        }
    }

    /** Until the runner has heard why and ends the call: a cancel overtakes what was written before it. */
    private static void awaitEnd(BlockingClientCall<ConnectionPart, ConnectionPart> call) throws InterruptedException {
        try {
            while (call.read() != null) {
                log.trace("A runner says what goes nowhere");
            }
        } catch (StatusException ended) {
            log.debug("The runner ended a connection: {}", ended.getMessage());
        }
    }

    /** Why there is no connection, or not any more. */
    static ConnectionFailure failure(String code, String message) {
        return ConnectionFailure.newBuilder().setCode(code).setMessage(message).build();
    }

    @Override
    public void close() {
        tunnel.close();
        call.cancel("the connection is over", null);
    }
}
