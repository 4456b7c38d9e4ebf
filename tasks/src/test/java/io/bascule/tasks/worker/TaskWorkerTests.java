package io.bascule.tasks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.Task;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.upkeep.DueTasks;
import io.bascule.tasks.upkeep.Reaper;
import io.bascule.testsupport.Await;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class TaskWorkerTests {

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");
    private final BlockingQueue<UUID> ended = new LinkedBlockingQueue<>();
    private final ScriptedHandler handler = new ScriptedHandler();
    private final TaskWorker worker = worker("worker-1", 4, Duration.ofMillis(1));

    TaskWorkerTests() {
        store.signals().onFinished("test", ended::add);
    }

    @AfterEach
    void stop() throws Exception {
        handler.mayGo.countDown();
        worker.stop(Duration.ofSeconds(5));
        store.close();
    }

    @Test
    void aTaskIsRunAndItsResultStored() throws Exception {
        worker.start();
        UUID id = submit("say hello");

        Task task = await(id);

        assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(task.result()).isEqualTo("\"hello\"");
        assertThat(task.worker()).isEqualTo("worker-1");
    }

    @Test
    void withoutAnyHintTasksAreFoundByPolling() throws Exception {
        worker.start();
        store.submissions()
                .submit(List.of(store.task(acme)
                        .replyTo("test")
                        .input("{\"do\":\"say hi\"}")
                        .build()));

        assertThat(ended.poll(60, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void noMoreRunAtOnceThanThereAreSlots() throws Exception {
        worker.start();
        for (int number = 0; number < 12; number++) {
            submit("wait");
        }
        handler.awaitStarted(3);
        assertThat(worker.active()).isLessThanOrEqualTo(4);

        handler.mayGo.countDown();
        for (int number = 0; number < 12; number++) {
            assertThat(ended.poll(60, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(handler.most).hasValueLessThanOrEqualTo(4);
    }

    @Test
    void oneWorkspaceDoesNotGetEverySlot() throws Exception {
        UUID other = store.workspace("other");
        worker.start();
        for (int number = 0; number < 10; number++) {
            submit("wait");
        }
        handler.awaitStarted(3);
        store.submit(
                store.task(other).replyTo("test").input("{\"do\":\"say hi\"}").build());
        store.signals().wake(Lane.INSTANT);

        assertThat(store.tasks().find(other, ended.poll(60, TimeUnit.SECONDS))).isPresent();
    }

    /** A lost look would cost a poll each time: sixty of them, a quarter of a second each. */
    @Test
    void aWorkspaceWhoseShareIsUsedUpGoesOnAsItsTasksEnd() throws Exception {
        for (int number = 0; number < 180; number++) {
            submit("say hi");
        }
        long start = System.nanoTime();
        worker.start();

        for (int number = 0; number < 180; number++) {
            assertThat(ended.poll(60, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(14));
    }

    @Test
    void whatWasClaimedAheadIsHandedBackWhenItGetsNoSlot() throws Exception {
        TaskWorker hasty = worker("hasty", 4, Duration.ofHours(1));
        hasty.start();
        for (int number = 0; number < 80; number++) {
            submit("say hi");
        }
        for (int number = 0; number < 80; number++) {
            assertThat(ended.poll(60, TimeUnit.SECONDS)).isNotNull();
        }
        handler.awaitStarted(80);
        for (int number = 0; number < 12; number++) {
            submit("wait");
        }
        handler.awaitStarted(3);

        Await.until(() ->
                store.count("(select 1 where exists (select from task_live where state = 'waiting' and attempt = 1)"
                                + " and (select count(*) from task_live where state = 'running') = 3) handed_back")
                        > 0);
        handler.mayGo.countDown();
        for (int number = 0; number < 12; number++) {
            assertThat(ended.poll(60, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(store.count("task_history where failures > 0 or losses > 0")).isZero();
        assertThat(handler.most).hasValueLessThanOrEqualTo(3);
        hasty.stop(Duration.ofSeconds(60));
    }

    @Test
    void aFailureIsRetriedAndTheLastOneKept() throws Exception {
        worker.start();
        UUID id = store.submit(store.task(acme)
                .replyTo("test")
                .failures(2)
                .input("{\"do\":\"fail\"}")
                .build());
        store.signals().wake(Lane.INSTANT);
        var due = new DueTasks(store.database(), store.transaction(), store.signals());
        while (ended.poll(50, TimeUnit.MILLISECONDS) == null) {
            due.step();
        }

        Task task = store.tasks().find(acme, id).orElseThrow();
        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(task.attempt()).isEqualTo(2);
        assertThat(task.failures()).isEqualTo(2);
        assertThat(code(task)).isEqualTo("scripted");
    }

    @Test
    void whateverAHandlerThrowsEndsItsTaskOnly() throws Exception {
        worker.start();

        assertThat(code(await(submit("explode")))).isEqualTo("handler-error");
        assertThat(await(submit("say fine")).state()).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void aResultThatIsTooLargeFailsTheTask() throws Exception {
        worker.start();

        assertThat(code(await(submit("flood")))).isEqualTo("result-too-large");
    }

    @Test
    void cancellingReachesTheRunningHandler() throws Exception {
        worker.start();
        UUID id = submit("wait");
        handler.awaitStarted(1);

        store.changes().cancel(acme, id);
        store.signals().cancel(id);

        assertThat(await(id).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(handler.interrupted).hasValue(1);
    }

    @Test
    void withoutAHintTheNextBeatStopsACancelledTask() throws Exception {
        worker.start();
        UUID id = submit("wait");
        handler.awaitStarted(1);

        store.changes().cancel(acme, id);

        assertThat(await(id).state()).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void theDeadlineStopsTheHandler() throws Exception {
        worker.start();
        UUID id = store.submit(store.task(acme)
                .replyTo("test")
                .deadline(databaseTime().plusMillis(700))
                .input("{\"do\":\"wait\"}")
                .build());
        store.signals().wake(Lane.INSTANT);

        assertThat(await(id).state()).isEqualTo(TaskState.EXPIRED);
        assertThat(handler.interrupted).hasValue(1);
    }

    @Test
    void leasesAreRenewedWhileAHandlerRuns() throws Exception {
        worker.start();
        submit("wait");
        handler.awaitStarted(1);
        store.letLeasesRunOut();

        Await.until(() -> store.count("task_live where state = 'running' and lease_until > clock_timestamp()") > 0);
        Await.until(() -> store.count("task_workers where id = 'worker-1' and active = 1") > 0);
    }

    @Test
    void aWorkerWhoseTaskWasTakenOverStopsItAndSaysNothing() throws Exception {
        worker.start();
        UUID id = submit("wait");
        handler.awaitStarted(1);
        store.database()
                .sql("update task_live set attempt = attempt + 1, worker = 'successor' where id = ?")
                .param(id)
                .update();

        assertThat(handler.stopped.await(60, TimeUnit.SECONDS)).isTrue();
        worker.stop(Duration.ofSeconds(5));

        assertThat(store.count("task_live where state = 'running' and worker = 'successor' and attempt = 2"))
                .isOne();
    }

    @Test
    void theTaskOfAKilledWorkerStartsElsewhere() throws Exception {
        UUID id = submit("wait");
        ClaimedTask held = store.claim(Lane.INSTANT, "killed", 1).tasks().getFirst();
        store.letLeasesRunOut();
        store.letTurnsBeDue();
        new Reaper(store.database(), store.transaction(), store.lifecycle(), store.signals(), TaskStore.LEASE).step();
        handler.mayGo.countDown();
        worker.start();

        Task task = await(id);

        assertThat(task.worker()).isEqualTo("worker-1");
        assertThat(task.attempt()).isEqualTo(held.attempt() + 1);
    }

    @Test
    void stoppingLetsRunningTasksFinishAndTakesNoMore() throws Exception {
        worker.start();
        UUID running = submit("wait");
        handler.awaitStarted(1);
        Thread stopping = Thread.ofVirtual().start(() -> stopWithin(Duration.ofSeconds(20)));
        UUID late = submit("say late");
        handler.mayGo.countDown();
        stopping.join();

        assertThat(store.state(running)).isEqualTo(TaskState.SUCCEEDED);
        assertThat(store.state(late)).isIn(TaskState.WAITING, TaskState.SUCCEEDED);
        assertThat(store.count("task_live where state = 'running'")).isZero();
        assertThat(store.count("task_workers")).isZero();
    }

    @Test
    void whatDoesNotFitIntoTheGraceIsHandedBackAtNoCost() throws Exception {
        worker.start();
        UUID id = submit("wait");
        handler.awaitStarted(1);

        worker.stop(Duration.ZERO);

        assertThat(store.state(id)).isEqualTo(TaskState.WAITING);
        ClaimedTask next = store.claim(Lane.INSTANT, "next", 1).tasks().getFirst();
        assertThat(next.standing().failures()).isZero();
        assertThat(next.standing().losses()).isZero();
    }

    @Test
    void aQueuedWorkerRunsOneTaskAtATimeWithinTheLimits() throws Exception {
        store.queue(acme, "q", 1);
        TaskWorker queued = new TaskWorker(
                WorkerSettings.queued("queued-1", 3), List.of(handler), store.engine(), WorkerListener.NONE);
        queued.start();
        for (int number = 0; number < 8; number++) {
            store.submit(store.task(acme)
                    .inQueue("q")
                    .replyTo("test")
                    .input("{\"do\":\"say hi\"}")
                    .build());
        }
        store.signals().wake(Lane.QUEUED);

        for (int number = 0; number < 8; number++) {
            assertThat(ended.poll(60, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(handler.most).hasValue(1);
        queued.stop(Duration.ofSeconds(5));
    }

    private TaskWorker worker(String name, int concurrency, Duration atOnce) {
        var settings = new WorkerSettings(
                name,
                Lane.INSTANT,
                concurrency,
                Math.max(1, concurrency - 1),
                Duration.ofMillis(100),
                Duration.ofMillis(600),
                Duration.ofMillis(200),
                atOnce);
        return new TaskWorker(settings, List.of(handler), store.engine(), WorkerListener.NONE);
    }

    private UUID submit(String script) {
        UUID id = store.submit(store.task(acme)
                .replyTo("test")
                .input("{\"do\":\"%s\"}".formatted(script))
                .build());
        store.signals().wake(Lane.INSTANT);
        return id;
    }

    private Task await(UUID id) throws InterruptedException {
        assertThat(ended.poll(60, TimeUnit.SECONDS)).isEqualTo(id);
        return store.tasks().find(acme, id).orElseThrow();
    }

    private static String code(Task task) {
        return Objects.requireNonNull(task.error()).code();
    }

    private Instant databaseTime() {
        return store.database()
                .sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private void stopWithin(Duration grace) {
        try {
            worker.stop(grace);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
