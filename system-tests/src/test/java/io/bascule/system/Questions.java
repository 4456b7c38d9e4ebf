package io.bascule.system;

import io.bascule.testsupport.Streams;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Statements sent one after the other over one session, each of which writes a row and answers with its number. */
final class Questions implements AutoCloseable {

    static final String TABLE = "create table answered (session integer not null, number bigint not null)";

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final SqlSession session;
    private final AtomicLong answered = new AtomicLong();
    private final CompletableFuture<Long> asking;
    private volatile boolean finishing;

    private Questions(SqlSession session) {
        this.session = session;
        this.asking = Streams.background(this::ask);
    }

    static Questions over(SqlSession session) {
        return new Questions(session);
    }

    long answered() {
        return answered.get();
    }

    /** Throws the reason if it broke. */
    void requireAlive() {
        if (asking.isCompletedExceptionally()) {
            asking.join();
        }
    }

    /** Ends after the present statement and returns how many there were. */
    long finish() throws Exception {
        finishing = true;
        return asking.get(30, TimeUnit.SECONDS);
    }

    private long ask() throws Exception {
        for (long number = 1; ; number++) {
            String answer = session.ask(
                    "insert into answered values (pg_backend_pid(), %1$d) returning number".formatted(number));
            if (!Long.toString(number).equals(answer)) {
                throw new IllegalStateException("answer %s (expected: %d)".formatted(answer, number));
            }
            answered.set(number);
            if (finishing) {
                return number;
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        session.close();
    }
}
