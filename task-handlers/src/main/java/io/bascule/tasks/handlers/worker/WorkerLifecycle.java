package io.bascule.tasks.handlers.worker;

import io.bascule.tasks.worker.TaskWorker;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * Starts a worker with the service and drains it before anything that its handlers use is closed: it takes no more, lets
 * what runs finish within the grace, and hands the rest back.
 */
public final class WorkerLifecycle implements SmartLifecycle {

    private final TaskWorker worker;
    private final Duration grace;
    private volatile boolean running;

    public WorkerLifecycle(TaskWorker worker, Duration grace) {
        this.worker = worker;
        this.grace = grace;
    }

    @Override
    public void start() {
        worker.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        try {
            worker.stop(grace);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the drain notice, before the web server, which goes on answering health checks and scrapes meanwhile. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1;
    }
}
