package io.bascule.tasks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.signal.HintListener;
import io.bascule.tasks.signal.Hints;
import io.bascule.tasks.signal.TaskSignals;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;

/** Workers of one task each that never poll: without the right hint nothing happens. */
@Timeout(120)
class QueuedLaneTests {

    private static final Duration NEVER = Duration.ofHours(1);

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");
    private final BlockingQueue<UUID> ended = new LinkedBlockingQueue<>();
    private final ScriptedHandler handler = new ScriptedHandler();
    private final List<TaskWorker> workers = new ArrayList<>();

    QueuedLaneTests() {
        store.signals().onFinished("test", ended::add);
        store.queue(acme, "q", 1);
    }

    @AfterEach
    void stop() throws Exception {
        handler.mayGo.countDown();
        for (TaskWorker worker : workers) {
            worker.stop(Duration.ofSeconds(60));
        }
        store.close();
    }

    @Test
    void anEndLetsTheNextOfItsQueueBeginWithoutAHint() throws Exception {
        worker(store.signals()).start();
        for (int task = 0; task < 5; task++) {
            submit("say hi");
        }
        store.signals().wake(Lane.QUEUED, 1);

        for (int task = 0; task < 5; task++) {
            UUID _ = awaitEnd();
        }
    }

    @Test
    void aWorkerThatStopsTellsAnotherOfThePlaceItLeaves() throws Exception {
        var signals = new WatchedSignals(store.signals());
        TaskWorker stopping = worker(signals);
        stopping.start();
        submit("wait");
        store.signals().wake(Lane.QUEUED, 1);
        handler.awaitStarted(1);
        worker(store.signals()).start();
        UUID next = submit("say hi");
        store.signals().wake(Lane.QUEUED);

        Thread stop = Thread.ofVirtual().start(() -> stop(stopping));
        assertThat(signals.deaf.await(60, TimeUnit.SECONDS)).isTrue();
        handler.mayGo.countDown();
        stop.join();

        assertThat(List.of(awaitEnd(), awaitEnd())).contains(next);
    }

    @Test
    void aWorkerThatIsBusyPassesTheHintOn() throws Exception {
        var signals = new WatchedSignals(store.signals());
        worker(signals).start();
        submit("wait");
        store.signals().wake(Lane.QUEUED, 1);
        handler.awaitStarted(1);

        signals.listeners.getFirst().hinted();

        assertThat(signals.woken.poll(60, TimeUnit.SECONDS)).isOne();
    }

    private UUID awaitEnd() throws InterruptedException {
        UUID task = ended.poll(60, TimeUnit.SECONDS);
        assertThat(task).isNotNull();
        return task;
    }

    private UUID submit(String script) {
        return store.submit(store.task(acme)
                .inQueue("q")
                .replyTo("test")
                .input("{\"do\":\"%s\"}".formatted(script))
                .build());
    }

    private TaskWorker worker(TaskSignals signals) {
        var settings = new WorkerSettings(
                "queued-" + workers.size(),
                Lane.QUEUED,
                1,
                1,
                NEVER,
                WorkerSettings.LEASE,
                WorkerSettings.BEAT,
                Duration.ZERO);
        var engine =
                new TaskWorker.Engine(new JdbcTemplate(store.pool()), signals, store.lifecycle(), Clock.systemUTC());
        var worker = new TaskWorker(settings, List.of(handler), engine, WorkerListener.NONE);
        workers.add(worker);
        return worker;
    }

    private static void stop(TaskWorker worker) {
        try {
            worker.stop(Duration.ofSeconds(60));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Remembers who listens for work, and how many tasks each hint told of.
     *
     * @param deaf when nobody listens any more
     */
    private record WatchedSignals(
            TaskSignals real, List<HintListener> listeners, BlockingQueue<Integer> woken, CountDownLatch deaf)
            implements TaskSignals {

        WatchedSignals(TaskSignals real) {
            this(real, new ArrayList<>(), new LinkedBlockingQueue<>(), new CountDownLatch(1));
        }

        @Override
        public void wake(Lane lane, int tasks) {
            woken.add(tasks);
            real.wake(lane, tasks);
        }

        @Override
        public void wakeFor(Set<UUID> workspaces) {
            real.wakeFor(workspaces);
        }

        @Override
        public void cancel(UUID task) {
            real.cancel(task);
        }

        @Override
        public void finished(String replyTo, Collection<UUID> tasks) {
            real.finished(replyTo, tasks);
        }

        @Override
        public Hints onWake(Lane lane, HintListener listener) {
            listeners.add(listener);
            Hints hints = real.onWake(lane, listener);
            return new Hints() {
                @Override
                public void ask() {
                    hints.ask();
                }

                @Override
                public void close() {
                    hints.close();
                    deaf.countDown();
                }
            };
        }

        @Override
        public void onCancel(Consumer<UUID> listener) {
            real.onCancel(listener);
        }

        @Override
        public void onFinished(String replyTo, Consumer<UUID> listener) {
            real.onFinished(replyTo, listener);
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
