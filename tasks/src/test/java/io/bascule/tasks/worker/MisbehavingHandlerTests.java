package io.bascule.tasks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.Lane;
import io.bascule.tasks.Task;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.log.AttemptLog;
import io.bascule.tasks.log.LogKey;
import io.bascule.tasks.log.LogLevel;
import io.bascule.tasks.log.TaskLogs;
import io.bascule.tasks.object.LargeResults;
import io.bascule.tasks.upkeep.Reaper;
import io.bascule.testsupport.Await;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.SqlProvider;

/** Whatever a handler does, its task ends, once, and no other task suffers for it. */
@Timeout(120)
class MisbehavingHandlerTests {

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");
    private final BlockingQueue<UUID> ended = new LinkedBlockingQueue<>();
    private final MisbehavingHandler handler = new MisbehavingHandler();
    private final TaskWorker worker = worker();

    MisbehavingHandlerTests() {
        store.signals().onFinished("test", ended::add);
    }

    @AfterEach
    void stop() throws Exception {
        handler.mayReturn.countDown();
        worker.stop(Duration.ofSeconds(5));
        store.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "overflow",
                "run out of memory",
                "lack a class",
                "throw at length",
                "return what is no JSON",
                "nest"
            })
    void whatItThrowsEndsItsTaskAndNoOther(String script) throws Exception {
        worker.start();

        Task task = await(submit(script));

        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(Objects.requireNonNull(task.error()).code()).isEqualTo("handler-error");
        assertThat(await(submit("well")).state()).isEqualTo(TaskState.SUCCEEDED);
        Await.until(() -> worker.active() == 0);
    }

    @Test
    void nothingIsAResult() throws Exception {
        worker.start();

        assertThat(await(submit("return nothing")).result()).isEqualTo("null");
    }

    /** One that PostgreSQL does not take must not be tried again for ever, and all that end with it. */
    @Test
    void aResultThatIsNestedTooDeeplyFailsItsTaskAndNoOther() throws Exception {
        UUID nested = submit("nest past our own limit");
        List<UUID> others = List.of(submit("well"), submit("well"));
        worker.start();

        for (int task = 0; task < 3; task++) {
            assertThat(ended.poll(60, TimeUnit.SECONDS)).isNotNull();
        }

        assertThat(Objects.requireNonNull(
                                store.tasks().find(acme, nested).orElseThrow().error())
                        .code())
                .isEqualTo("result-refused");
        assertThat(others).allMatch(other -> store.state(other) == TaskState.SUCCEEDED);
    }

    @Test
    void aHandlerThatIgnoresItsCancellationEndsAndKeepsItsSlotOnly() throws Exception {
        worker.start();
        UUID id = submit("ignore");
        handler.awaitStarted();
        store.changes().cancel(acme, id);

        assertThat(await(id).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(worker.active()).isOne();
        assertThat(await(submit("well")).state()).isEqualTo(TaskState.SUCCEEDED);

        handler.mayReturn.countDown();
        Await.until(() -> worker.active() == 0);
        assertThat(store.state(id)).isEqualTo(TaskState.CANCELLED);
        assertThat(store.count(
                        "outbox_events where type = 'io.bascule.task.finished' and subject = '%s'".formatted(id)))
                .isOne();
    }

    @Test
    void aHandlerThatIgnoresItsDeadlineExpires() throws Exception {
        worker.start();
        UUID id = store.submit(store.task(acme)
                .replyTo("test")
                .deadline(Instant.now().plusSeconds(10))
                .input("{\"do\":\"ignore\"}")
                .build());
        store.signals().wake(Lane.INSTANT);

        assertThat(await(id).state()).isEqualTo(TaskState.EXPIRED);
        assertThat(store.tasks().find(acme, id).orElseThrow().attempt()).isOne();
    }

    @Test
    void aQueuesPlaceIsFreeAgainWhenAHandlerIgnoresItsCancellation() throws Exception {
        store.queue(acme, "q", 1);
        var queued = new TaskWorker(settings(Lane.QUEUED), List.of(handler), store.engine(), WorkerListener.NONE);
        queued.start();
        UUID stuck = store.submit(store.task(acme)
                .inQueue("q")
                .replyTo("test")
                .input("{\"do\":\"ignore\"}")
                .build());
        store.signals().wake(Lane.QUEUED);
        handler.awaitStarted();
        store.changes().cancel(acme, stuck);
        assertThat(await(stuck).state()).isEqualTo(TaskState.CANCELLED);

        assertThat(store.count("queues where name = 'q' and running = 0")).isOne();
        UUID next = store.submit(store.task(acme).inQueue("q").replyTo("test").build());
        store.signals().wake(Lane.QUEUED);
        assertThat(await(next).state()).isEqualTo(TaskState.SUCCEEDED);
        handler.mayReturn.countDown();
        queued.stop(Duration.ofSeconds(5));
    }

    /** Its worker stops in order, which cannot wait for a thread that waits for the end of the process. */
    @Test
    void aHandlerThatExitsTheProcessCostsItsTaskAnAttempt() throws Exception {
        UUID id = submit("exit");
        Process process = process();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(3);
        } finally {
            process.destroyForcibly();
        }
        assertThat(store.count("task_live where state = 'running' and attempt = 1"))
                .isOne();

        reap();

        assertThat(store.count("task_live where state = 'waiting' and losses = 1 and failures = 0"))
                .isOne();
        store.database().sql("update task_live set input = '{\"do\":\"well\"}'").update();
        worker.start();
        assertThat(await(id).attempt()).isEqualTo(2);
    }

    /** The second worker cannot say any more that it begun the task, and must have done so before. */
    @Test
    void aHandlerThatKillsTheProcessCostsItsTaskALossEachTime() throws Exception {
        submit("kill");
        for (int loss = 1; loss <= 2; loss++) {
            Process process = process();
            try {
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isEqualTo(4);
            } finally {
                process.destroyForcibly();
            }

            reap();

            assertThat(store.count("task_live where state = 'waiting' and losses = " + loss))
                    .isOne();
        }
    }

    /** Its lease was renewed for ever, or ran out again and again. */
    @Test
    void aTaskThatCannotBeStartedFailsAndTheOthersStart() throws Exception {
        UUID never = submit("well");
        var strict = new TaskWorker(
                settings(Lane.INSTANT), List.of(handler), store.engine(new NoLogOf(never)), WorkerListener.NONE);
        strict.start();

        Task task = await(never);

        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(Objects.requireNonNull(task.error()).code()).isEqualTo("not-started");
        for (int slot = 0; slot < 5; slot++) {
            assertThat(await(submit("well")).state()).isEqualTo(TaskState.SUCCEEDED);
        }
        strict.stop(Duration.ofSeconds(5));
    }

    /** It was handed back when nobody waited for it any more. */
    @Test
    void aTaskThatEndsWhileItIsWrittenDownThatItBeginsLeavesNothingBehind() throws Exception {
        UUID id = submit("well");
        store.database().sql("update task_live set losses = 1").update();
        var hung = new HungBegin(store.pool());
        var log = new OneLog();
        var patient = new TaskWorker(
                settings(Lane.INSTANT),
                List.of(handler),
                new TaskWorker.Engine(
                        hung, store.signals(), store.lifecycle(), Clock.systemUTC(), log, LargeResults.NONE),
                WorkerListener.NONE);
        patient.start();
        assertThat(hung.asked.await(60, TimeUnit.SECONDS)).isTrue();
        store.changes().cancel(acme, id);
        assertThat(await(id).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(patient.active()).isOne();

        hung.mayFail.countDown();

        Await.until(() -> patient.active() == 0);
        assertThat(Await.within(Duration.ofSeconds(60), log::isForgotten)).isTrue();
        patient.stop(Duration.ofSeconds(5));
    }

    private void reap() {
        store.letLeasesRunOut();
        store.letTurnsBeDue();
        new Reaper(store.database(), store.transaction(), store.lifecycle(), store.signals(), TaskStore.LEASE).step();
    }

    private Process process() throws IOException, SQLException {
        try (Connection connection = store.connection()) {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ExitingWorker.class.getName(),
                            connection.getMetaData().getURL(),
                            connection.getMetaData().getUserName())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start();
        }
    }

    private TaskWorker worker() {
        return new TaskWorker(settings(Lane.INSTANT), List.of(handler), store.engine(), WorkerListener.NONE);
    }

    private static WorkerSettings settings(Lane lane) {
        return new WorkerSettings(
                "worker-1",
                lane,
                4,
                4,
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofMillis(200),
                Duration.ZERO);
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

    private record NoLogOf(UUID task) implements TaskLogs {

        @Override
        public AttemptLog open(LogKey key, int attempt) {
            if (key.task().equals(task)) {
                throw new NoClassDefFoundError("no log of this one");
            }
            return AttemptLog.NONE;
        }

        @Override
        public void close() {}
    }

    /** The database does not answer when a worker says that a task begins, and then breaks off. */
    private static final class HungBegin extends JdbcTemplate {

        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch mayFail = new CountDownLatch(1);

        HungBegin(DataSource pool) {
            super(pool);
        }

        @Override
        public int update(PreparedStatementCreator statement) {
            if (statement instanceof SqlProvider sql
                    && Objects.requireNonNull(sql.getSql()).contains("begun = attempt")) {
                asked.countDown();
                try {
                    mayFail.await();
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
                throw new DataAccessResourceFailureException("broken off");
            }
            return super.update(statement);
        }
    }

    /** As long as the attempt is there, so is its log. */
    private static final class OneLog implements TaskLogs {

        private volatile @Nullable WeakReference<AttemptLog> opened;

        @Override
        public AttemptLog open(LogKey key, int attempt) {
            AttemptLog log = new AttemptLog() {
                @Override
                public void add(LogLevel level, String text) {}

                @Override
                public void mask(String secret) {}

                @Override
                public String masked(String text) {
                    return text;
                }

                @Override
                public void finish() {}
            };
            opened = new WeakReference<>(log);
            return log;
        }

        boolean isForgotten() {
            System.gc();
            return Objects.requireNonNull(opened).get() == null;
        }

        @Override
        public void close() {}
    }
}
