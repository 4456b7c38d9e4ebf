package io.bascule.api.tasks;

import io.bascule.service.ServiceProperties;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.store.JdbcTasks;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Lets callers wait until a task has ended. Workers send a hint to this pod's own address; in case one is lost, all tasks that
 * are waited for are looked up together at short intervals.
 */
@Component
class AwaitEnd implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(AwaitEnd.class);

    private final JdbcTasks tasks;
    private final String address;
    private final Map<UUID, Waiters> waiting = new ConcurrentHashMap<>();
    private final ScheduledExecutorService poll = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("task-ends").daemon().factory());

    AwaitEnd(JdbcTasks tasks, TaskSignals signals, ServiceProperties service, TaskProperties properties) {
        this.tasks = tasks;
        this.address = service.instance() + "-" + HexFormat.of().toHexDigits(new SecureRandom().nextInt());
        signals.onFinished(address, this::ended);
        long millis = properties.poll().toMillis();
        var _ = poll.scheduleWithFixedDelay(this::lookUp, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Where workers tell this pod of an end. */
    String address() {
        return address;
    }

    /** Starts to listen for a task's end; before it is submitted, so that no hint is missed. Close it when done. */
    Expectation expect(UUID task) {
        Waiters waiters = waiting.compute(
                task, (_, known) -> known == null ? new Waiters(new CountDownLatch(1), 1) : known.and(1));
        return new Expectation(task, waiters.ended());
    }

    private void ended(UUID task) {
        Waiters waiters = waiting.get(task);
        if (waiters != null) {
            waiters.ended().countDown();
        }
    }

    private void lookUp() {
        List<UUID> ids = List.copyOf(waiting.keySet());
        if (!ids.isEmpty()) {
            try {
                tasks.ended(ids).forEach(this::ended);
            } catch (RuntimeException away) {
                LOG.debug("tasks that are waited for could not be looked up", away);
            }
        }
    }

    @Override
    public void destroy() {
        poll.shutdownNow();
    }

    /** How many callers wait for the same task. */
    private record Waiters(CountDownLatch ended, int callers) {

        @Nullable
        Waiters and(int more) {
            return callers + more == 0 ? null : new Waiters(ended, callers + more);
        }
    }

    /** One caller's wait. */
    final class Expectation implements AutoCloseable {

        private final UUID task;
        private final CountDownLatch ended;

        private Expectation(UUID task, CountDownLatch ended) {
            this.task = task;
            this.ended = ended;
        }

        /** Returns whether the task ended within the time. */
        boolean await(Duration time) {
            try {
                return ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public void close() {
            waiting.computeIfPresent(task, (_, waiters) -> waiters.and(-1));
        }
    }
}
