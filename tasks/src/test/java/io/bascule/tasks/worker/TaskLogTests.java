package io.bascule.tasks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.Lane;
import io.bascule.tasks.Task;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.log.LogKey;
import io.bascule.tasks.log.LogLevel;
import io.bascule.tasks.log.LogLimits;
import io.bascule.tasks.log.LogLine;
import io.bascule.tasks.log.LogPosition;
import io.bascule.tasks.log.LogStore;
import io.bascule.tasks.log.LogWriter;
import io.bascule.tasks.log.LogsAwayException;
import io.bascule.tasks.log.RedisLogStore;
import io.bascule.tasks.upkeep.DueTasks;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.TestRedis;
import io.lettuce.core.RedisURI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a worker writes into the logs of its tasks, in a real Redis. */
@Timeout(60)
class TaskLogTests {

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");
    private final BlockingQueue<UUID> ended = new LinkedBlockingQueue<>();
    private final LogStore logs = new RedisLogStore(
            RedisURI.create("redis://127.0.0.1:" + TestRedis.shared().port()),
            Duration.ofMinutes(1),
            Clock.systemUTC());
    private final LogWriter writer = new LogWriter(logs, LogLimits.DEFAULT, Clock.systemUTC());
    private final TaskWorker worker = new TaskWorker(
            WorkerSettings.instant("worker-1", 2),
            List.of(new ScriptedHandler()),
            store.engine(
                    writer,
                    (_, names) -> names.stream().collect(Collectors.toMap(name -> name, name -> "value of " + name))),
            WorkerListener.NONE);

    TaskLogTests() {
        store.signals().onFinished("test", ended::add);
        Await.until(this::isReachable);
        worker.start();
    }

    /** The first connection is made now: an attempt's end waits for its log, but not for as long as that may take. */
    private boolean isReachable() {
        try {
            return logs.read(new LogKey(acme, acme), LogPosition.START, 1).isEmpty();
        } catch (LogsAwayException notYet) {
            return false;
        }
    }

    @AfterEach
    void stop() throws Exception {
        worker.stop(Duration.ofSeconds(5));
        writer.close();
        store.close();
    }

    @Test
    void whoSeesTheEndCanReadTheWholeLogAndNoSecretInIt() throws Exception {
        Task task = run("log secret", 1);

        assertThat(lines(task).stream().map(LogLine::text))
                .containsExactly("signing in with ***", "scripted: *** is wrong");
        assertThat(lines(task).getLast().level()).isEqualTo(LogLevel.ERROR);
        assertThat(Objects.requireNonNull(task.error()).message()).isEqualTo("*** is wrong");
    }

    @Test
    void aSecretThatTheTaskOpensIsMaskedInItsLogAndInItsError() throws Exception {
        Task task = run("log opened secret", 1);

        assertThat(lines(task).stream().map(LogLine::text))
                .containsExactly("signing in with ***", "handler-error: java.lang.IllegalStateException: *** is wrong");
        assertThat(Objects.requireNonNull(task.error()).message()).endsWith("*** is wrong");

        Task control = run("log it without opening it", 1);
        assertThat(lines(control).getFirst().text()).isEqualTo("signing in with value of DB");
        assertThat(Objects.requireNonNull(control.error()).message()).endsWith("value of DB is wrong");
    }

    @Test
    void moreSecretsThanALogCanBeSearchedForFailTheTaskForGood() throws Exception {
        Task task = run("open too much", 1);

        assertThat(Objects.requireNonNull(task.error()).code()).isEqualTo("secrets-too-large");
        assertThat(Objects.requireNonNull(task.error()).message()).contains("at most 262144");
    }

    @Test
    void everyAttemptsFailureIsInTheLog() throws Exception {
        Task task = run("fail", 3);

        assertThat(lines(task).stream().map(line -> line.at().toString())).containsExactly("1-1", "2-1", "3-1");
        assertThat(lines(task)).allMatch(line -> line.text().equals("scripted: as the script says"));
    }

    @Test
    void aTaskThatSaysNothingHasNoLog() throws Exception {
        assertThat(lines(run("say hello", 1))).isEmpty();
    }

    private Task run(String script, int failures) throws InterruptedException {
        UUID id = store.submit(store.task(acme)
                .replyTo("test")
                .failures(failures)
                .input("{\"do\":\"%s\"}".formatted(script))
                .build());
        store.signals().wake(Lane.INSTANT);
        var due = new DueTasks(store.database(), store.transaction(), store.signals());
        while (ended.poll(50, TimeUnit.MILLISECONDS) == null) {
            due.step();
        }
        return store.tasks().find(acme, id).orElseThrow();
    }

    private List<LogLine> lines(Task task) {
        return logs.read(new LogKey(task.workspace(), task.id()), LogPosition.START, 100);
    }
}
