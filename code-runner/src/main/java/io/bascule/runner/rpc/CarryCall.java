package io.bascule.runner.rpc;

import com.google.protobuf.UnsafeByteOperations;
import io.bascule.protocol.runner.v1.ConnectionFailure;
import io.bascule.protocol.runner.v1.ConnectionPart;
import io.bascule.protocol.runner.v1.EndOfData;
import io.bascule.protocol.runner.v1.Opening;
import io.bascule.runner.resource.Carrier;
import io.bascule.runner.resource.Connection;
import io.bascule.runner.resource.Connections;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One call that carries a connection. What comes is taken by a thread of its own, so that a process which does not listen
 * stops its own bytes and no callback; the next part is asked for when one has been taken.
 */
final class CarryCall implements StreamObserver<ConnectionPart>, Carrier {

    private static final int LARGEST_DATA = 64 * 1024;
    /** One part is asked for at a time; beside it there is the call's end, told twice at most, and our own. */
    private static final int MOST_WAITING = 4;

    private final Connections connections;
    private final ServerCallStreamObserver<ConnectionPart> answers;
    private final BlockingQueue<Optional<ConnectionPart>> came = new ArrayBlockingQueue<>(MOST_WAITING);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ready = lock.newCondition();
    private @Nullable Connection connection;
    private boolean over;

    private CarryCall(Connections connections, ServerCallStreamObserver<ConnectionPart> answers) {
        this.connections = connections;
        this.answers = answers;
    }

    /** Begins with a call that has just come. */
    static StreamObserver<ConnectionPart> begin(Connections connections, StreamObserver<ConnectionPart> answers) {
        var call = new CarryCall(connections, (ServerCallStreamObserver<ConnectionPart>) answers);
        call.answers.disableAutoRequest();
        call.answers.setOnReadyHandler(call::wake);
        call.answers.setOnCancelHandler(call::gone);
        Thread.ofVirtual().name("carry").start(call::takeAll);
        call.answers.request(1);
        return call;
    }

    @Override
    public void onNext(ConnectionPart part) {
        came.add(Optional.of(part));
    }

    @Override
    public void onError(Throwable failure) {
        gone();
    }

    /** The caller says how a connection ends by a part; the end of the call says nothing more. */
    @Override
    public void onCompleted() {
        gone();
    }

    @Override
    public void send(byte[] bytes) throws InterruptedException {
        lock.lock();
        try {
            while (!answers.isReady() && !over) {
                ready.await();
            }
            answer(ConnectionPart.newBuilder()
                    .setData(UnsafeByteOperations.unsafeWrap(bytes))
                    .build());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void end() {
        lock.lock();
        try {
            answer(ConnectionPart.newBuilder()
                    .setEnd(EndOfData.getDefaultInstance())
                    .build());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        conclude(null);
    }

    private void answer(ConnectionPart part) {
        if (!over) {
            answers.onNext(part);
        }
    }

    private void wake() {
        lock.lock();
        try {
            ready.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void gone() {
        var _ = came.offer(Optional.empty());
    }

    private void takeAll() {
        try {
            for (var part = came.take(); part.isPresent() && take(part.get()); part = came.take()) {
                answers.request(1);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException jobEnded) {
            conclude(null);
        } finally {
            if (connection != null) {
                connection.failed("RESOURCE_FAILED", "The way to the resource was lost");
            }
            conclude(null);
        }
    }

    /** Whether more may follow. */
    private boolean take(ConnectionPart part) throws IOException {
        return switch (part.getPartCase()) {
            case OPENING -> begin(part.getOpening());
            case DATA -> data(part.getData().toByteArray());
            case END -> {
                if (connection != null) {
                    connection.ended();
                }
                yield true;
            }
            case FAILURE -> failed(part.getFailure());
            case PART_NOT_SET -> refuse(Status.INVALID_ARGUMENT, "part: expected opening, data, end or failure");
        };
    }

    private boolean begin(Opening opening) throws IOException {
        if (opening.hasRefusal()) {
            ConnectionFailure why = opening.getRefusal();
            connections.refuse(opening.getConnection(), why.getCode(), why.getMessage());
            return false;
        }
        Optional<Connection> found =
                connection == null ? connections.carry(opening.getConnection(), this) : Optional.empty();
        if (found.isEmpty()) {
            return refuse(Status.NOT_FOUND, "opening.connection: no job waits for it");
        }
        connection = found.get();
        return true;
    }

    private boolean data(byte[] bytes) throws IOException {
        if (connection == null || bytes.length == 0 || bytes.length > LARGEST_DATA) {
            return refuse(
                    Status.INVALID_ARGUMENT, "data: expected 1 to %d bytes after an opening".formatted(LARGEST_DATA));
        }
        connection.received(bytes);
        return true;
    }

    private boolean failed(ConnectionFailure why) {
        if (connection != null) {
            connection.failed(why.getCode(), why.getMessage());
        }
        return false;
    }

    private boolean refuse(Status status, String text) {
        conclude(status.withDescription(text));
        return false;
    }

    /** Ends the call, once; in order unless there is a reason. */
    private void conclude(@Nullable Status why) {
        lock.lock();
        try {
            if (over) {
                return;
            }
            over = true;
            if (why == null) {
                answers.onCompleted();
            } else {
                answers.onError(why.asRuntimeException());
            }
            ready.signalAll();
        } finally {
            lock.unlock();
        }
        gone();
    }
}
