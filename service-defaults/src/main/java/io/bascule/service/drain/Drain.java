package io.bascule.service.drain;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The first thing that stops. Readiness has already turned to 503 when it is called; it then keeps everything running for
 * the notice, so that load balancers stop sending and callers end the connections that they keep ({@link LastAnswers}) before
 * the servers stop accepting. Features that hold work (workers, bridges) are lifecycles of their own in later phases, and may
 * ask {@link #isDraining()} to refuse new work at once.
 */
public class Drain implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    private enum State {
        STOPPED,
        SERVING,
        DRAINING
    }

    private final Duration notice;
    private final AtomicReference<State> state = new AtomicReference<>(State.STOPPED);

    Drain(Duration notice) {
        this.notice = notice;
    }

    /** From the moment a stop was asked for. */
    public boolean isDraining() {
        return state.get() == State.DRAINING;
    }

    @Override
    public void start() {
        state.set(State.SERVING);
    }

    @Override
    public void stop(Runnable callback) {
        if (!state.compareAndSet(State.SERVING, State.DRAINING)) {
            callback.run();
            return;
        }
        log.info("Draining: unready for {} before this service stops accepting", notice);
        Thread.ofVirtual().name("drain-notice").start(() -> {
            awaitNotice();
            callback.run();
        });
    }

    @Override
    public void stop() {
        state.set(State.DRAINING);
    }

    @Override
    public boolean isRunning() {
        return state.get() == State.SERVING;
    }

    /** Before all others: the web server's graceful shutdown begins one phase later. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private void awaitNotice() {
        try {
            // Nothing ever counts down: this is a wait that an interrupt ends.
            var _ = new CountDownLatch(1).await(notice.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
