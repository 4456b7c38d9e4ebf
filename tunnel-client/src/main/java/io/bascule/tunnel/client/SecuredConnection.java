package io.bascule.tunnel.client;

import io.bascule.tunnel.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/**
 * A local connection as the tunnel is to see it: what is read from here are TLS records, and TLS records are what is to be
 * written. The end of either direction is told by TLS too, so that nobody between can cut a stream unnoticed. Buffers follow
 * what comes: a quiet connection holds 4 KiB, a busy one some 300 KiB.
 */
final class SecuredConnection implements LocalConnection {

    /** Plain bytes that are read, or handed on, at a time, at most. */
    private static final int PIECE = 64 * 1024;

    /** Plain bytes that are read at a time from a connection that says little. */
    private static final int SMALLEST = 4 * 1024;

    /** Plain bytes of the longest record. */
    private static final int FULL_RECORD = 16 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** The session's before a handshake has succeeded. */
    private static final String NO_SUITE = "SSL_NULL_WITH_NULL_NULL";

    private final LocalConnection plain;
    private final SSLEngine engine;
    private final int longestRecord;
    private final int longestPlain;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progressed = lock.newCondition();
    private boolean established;
    private boolean closed;

    /** Of the one who reads. */
    private byte[] source = new byte[SMALLEST];

    private ByteBuffer records = NOTHING;
    private boolean sourceEnded;

    /** Of the one who writes: empty unless something is being written or part of a record has arrived. */
    private ByteBuffer arrived = NOTHING;

    private ByteBuffer clear = NOTHING;
    private boolean endArrived;

    SecuredConnection(LocalConnection plain, SSLEngine engine) {
        this.plain = plain;
        this.engine = engine;
        this.longestRecord = engine.getSession().getPacketBufferSize();
        this.longestPlain = engine.getSession().getApplicationBufferSize();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (!records.hasRemaining() && !sourceEnded) {
            records = source.length == PIECE ? records.clear() : NOTHING;
            try {
                if (!shakeHands()) {
                    takeFromSource();
                }
            } finally {
                records.flip();
            }
        }
        if (!records.hasRemaining()) {
            return -1;
        }
        int count = Math.min(length, records.remaining());
        records.get(target, offset, count);
        return count;
    }

    /** Goes on with the handshake until there is something to send, which it says, or nothing more to do. */
    private boolean shakeHands() throws IOException {
        lock.lock();
        try {
            while (!established) {
                switch (engine.getHandshakeStatus()) {
                    case NEED_WRAP -> {
                        makeRoom(0);
                        wrap(NOTHING);
                        if (records.position() > 0) {
                            return true;
                        }
                    }
                    case NEED_TASK -> runTasks();
                    case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                        requireOpen();
                        progressed.awaitUninterruptibly();
                    }
                    case NOT_HANDSHAKING, FINISHED -> {
                        requireAgreed();
                        established = true;
                    }
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void takeFromSource() throws IOException {
        int count = plain.read(source, 0, source.length);
        lock.lock();
        try {
            makeRoom(Math.max(count, 0));
            if (count < 0) {
                sourceEnded = true;
                engine.closeOutbound();
            }
            ByteBuffer bytes = ByteBuffer.wrap(source, 0, Math.max(count, 0));
            do {
                wrap(bytes);
            } while (bytes.hasRemaining() || (sourceEnded && !engine.isOutboundDone()));
        } finally {
            lock.unlock();
        }
        followSize(count);
    }

    /** As much as so many bytes may need, and one more record for what TLS itself has to say. */
    private void makeRoom(int count) {
        int room = (count / FULL_RECORD + 2) * longestRecord;
        if (records.capacity() < room) {
            records = ByteBuffer.allocate(room);
        }
    }

    private void followSize(int count) {
        if (count == source.length && count < PIECE) {
            source = new byte[Math.min(PIECE, 4 * source.length)];
        } else if (count < source.length / 4 && source.length > SMALLEST) {
            source = new byte[source.length / 4];
        }
    }

    private void wrap(ByteBuffer bytes) throws IOException {
        SSLEngineResult result = engine.wrap(bytes, records);
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            throw new IllegalStateException("records: no room for one more");
        }
        progressed.signalAll();
        if (result.getStatus() == Status.CLOSED && bytes.hasRemaining()) {
            throw new IOException("TLS inside the tunnel is over");
        }
    }

    @Override
    public void write(List<Bytes> pieces) throws IOException {
        prepare(pieces.stream().mapToInt(Bytes::length).sum());
        for (Bytes piece : pieces) {
            ByteBuffer from = piece.toByteBuffer();
            while (from.hasRemaining()) {
                if (endArrived) {
                    throw new IOException("bytes came after the end that TLS told");
                }
                int count = Math.min(from.remaining(), arrived.remaining());
                arrived.put(from.slice(from.position(), count));
                from.position(from.position() + count);
                open();
            }
        }
        clear = NOTHING;
        if (arrived.position() == 0) {
            arrived = NOTHING;
        }
    }

    /** Room for one record that arrives and one that is opened at least, and for more of either when more comes. */
    private void prepare(int length) {
        if (arrived.capacity() == 0) {
            arrived = ByteBuffer.allocate(length > longestRecord ? 2 * longestRecord : longestRecord);
        }
        clear = ByteBuffer.allocate(Math.min(length, PIECE) + longestPlain);
    }

    /** Opens every record that has arrived whole. */
    private void open() throws IOException {
        arrived.flip();
        try {
            while (unwrap()) {
                if (clear.remaining() < longestPlain) {
                    handOn();
                }
            }
        } finally {
            arrived.compact();
        }
        handOn();
    }

    private void handOn() throws IOException {
        if (clear.position() > 0) {
            plain.write(List.of(Bytes.wrap(clear.array(), 0, clear.position())));
            clear.clear();
        }
    }

    /** Says whether to go on. */
    private boolean unwrap() throws IOException {
        lock.lock();
        try {
            SSLEngineResult result = engine.unwrap(arrived, clear);
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                runTasks();
            }
            progressed.signalAll();
            return switch (result.getStatus()) {
                case OK -> result.bytesConsumed() > 0 || (arrived.hasRemaining() && isTheReadersTurn());
                case CLOSED -> {
                    requireAgreed();
                    endArrived = true;
                    yield false;
                }
                case BUFFER_UNDERFLOW -> false;
                case BUFFER_OVERFLOW -> throw new IllegalStateException("clear: no room for one more record");
            };
        } finally {
            lock.unlock();
        }
    }

    /** In a handshake nothing more is opened before the reader has answered; waits for that. */
    private boolean isTheReadersTurn() throws IOException {
        boolean waiting = !established && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
        while (!established && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            requireOpen();
            progressed.awaitUninterruptibly();
        }
        return waiting;
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("closed during the handshake");
        }
    }

    /** An end that is told before both agreed is not the other end's word: alerts are in the clear until then. */
    private void requireAgreed() throws IOException {
        if (engine.getSession().getCipherSuite().equals(NO_SUITE)) {
            throw new IOException("TLS inside the tunnel ended before it began");
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** Without the other end's word that this is the end, it is a cut. */
    @Override
    public void closeOutput() throws IOException {
        if (!endArrived) {
            reset();
            throw new IOException("it was cut: TLS inside the tunnel has told no end");
        }
        plain.closeOutput();
    }

    @Override
    public void close() {
        wakeAll();
        plain.close();
    }

    @Override
    public void reset() {
        wakeAll();
        plain.reset();
    }

    private void wakeAll() {
        lock.lock();
        try {
            closed = true;
            progressed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
