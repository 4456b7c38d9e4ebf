package io.bascule.tasks.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.storage.DirectoryStorage;
import io.bascule.storage.ObjectKey;
import io.bascule.storage.ObjectStorage;
import io.bascule.storage.StorageException;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.log.AttemptLog;
import io.bascule.tasks.log.LogKey;
import io.bascule.tasks.log.LogLevel;
import io.bascule.tasks.log.LogLimits;
import io.bascule.tasks.log.LogLine;
import io.bascule.tasks.log.LogPosition;
import io.bascule.tasks.log.LogStore;
import io.bascule.tasks.log.LogStore.OpenLog;
import io.bascule.tasks.log.LogWriter;
import io.bascule.tasks.log.RedisLogStore;
import io.bascule.tasks.store.JdbcLargeResults;
import io.bascule.testsupport.TestRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a live log to its archive and to the end of both, with real stores. */
@Timeout(60)
class LogArchiveTests {

    private final TaskStore store = new TaskStore();
    private final TestRedis redis = TestRedis.startOwn();
    private final LogStore live = new RedisLogStore(address(), Duration.ofMinutes(5), Clock.systemUTC());
    private final LogWriter writer = new LogWriter(
            new RedisLogStore(address(), Duration.ofMinutes(5), Clock.systemUTC()),
            LogLimits.DEFAULT,
            Clock.systemUTC());
    private final UUID acme = store.workspace("acme");

    @TempDir
    private Path folder;

    private ObjectStorage objects;
    private TaskLogReader reader;
    private ArchiveLogs archive;

    @BeforeEach
    void open() {
        objects = new DirectoryStorage(folder);
        reader = new TaskLogReader(live, new LogArchive(objects));
        // A minute ahead, so that what was just said counts as quiet.
        archive = new ArchiveLogs(
                live,
                store.tasks(),
                new LogArchive(objects),
                () -> Instant.now().plusSeconds(60));
    }

    @AfterEach
    void close() {
        writer.close();
        live.close();
        redis.stop();
        store.close();
    }

    @Test
    void ofALogThatIsLongerThanTheArchiveKeepsBothEndsAreStoredAndTheRestIsCounted() {
        LogKey log = task();
        say(log, 1, 100);
        say(log, 2, 40);
        end(log);
        var small = new WholeLog(reader, new LogArchive(objects), 20, 7);

        while (new ArchiveLogs(live, store.tasks(), small, () -> Instant.now().plusSeconds(60)).step()) {
            assertThat(openLogs()).isNotEmpty();
        }
        forgetLive(log);

        List<LogLine> kept = reader.read(log, LogPosition.START, 1_000);
        assertThat(kept.stream().map(line -> line.at().toString()))
                .startsWith("1-1", "1-2")
                .contains("1-10", "1-11", "2-31")
                .doesNotContain("1-12", "2-30")
                .endsWith("2-39", "2-40")
                .hasSize(21);
        assertThat(kept.get(10).text()).isEqualTo("120 lines are left out here: of a log, 20 are kept");
    }

    @Test
    void theLogOfAnEndedTaskIsReadTheSameFromTheArchive() {
        LogKey log = task();
        say(log, 1, 250);
        say(log, 2, 3);
        List<LogLine> before = reader.read(log, LogPosition.START, 1_000);
        end(log);

        while (archive.step()) {
            assertThat(openLogs()).isNotEmpty();
        }
        forgetLive(log);

        assertThat(openLogs()).isEmpty();
        assertThat(live.read(log, LogPosition.START, 1)).isEmpty();
        assertThat(reader.read(log, LogPosition.START, 1_000)).hasSize(253).isEqualTo(before);
        assertThat(reader.read(log, new LogPosition(1, 249), 3))
                .extracting(line -> line.at().toString())
                .containsExactly("1-250", "2-1", "2-2");
    }

    @Test
    void theLogOfATaskThatGoesOnStaysWhereItIs() {
        LogKey log = task();
        say(log, 1, 2);

        archive.step();

        assertThat(objects.list(TaskObjects.LOGS, null, 10)).isEmpty();
        assertThat(openLogs()).hasSize(1);
    }

    @Test
    void aTaskThatIsRetriedByHandKeepsWhatItSaidBefore() {
        LogKey log = task();
        say(log, 1, 2);
        end(log);
        archive.step();
        forgetLive(log);

        say(log, 2, 2);
        assertThat(reader.read(log, LogPosition.START, 10)).hasSize(4);
        archive.step();
        forgetLive(log);

        assertThat(reader.read(log, LogPosition.START, 10))
                .extracting(line -> line.at().toString())
                .containsExactly("1-1", "1-2", "2-1", "2-2");
    }

    @Test
    void anArchiveThatCannotBeReadHoldsUpNoOtherLog() {
        LogKey damaged = task();
        say(damaged, 1, 2);
        end(damaged);
        archive.step();
        forgetLive(damaged);
        objects.put(TaskObjects.log(acme, damaged.task()), "not an archive".getBytes(StandardCharsets.UTF_8));
        say(damaged, 2, 2);
        LogKey sound = task();
        say(sound, 1, 2);
        end(sound);

        assertThatThrownBy(archive::step).isInstanceOf(StorageException.class);
        archive.step();

        assertThat(openLogs()).extracting(OpenLog::key).containsExactly(damaged);
        forgetLive(sound);
        assertThat(reader.read(sound, LogPosition.START, 10)).hasSize(2);
    }

    @Test
    void theObjectsOfTasksThatAreGoneGoToo() {
        ObjectKey oldLog = TaskObjects.log(acme, idOf(Duration.ofDays(40)));
        ObjectKey oldResult = TaskObjects.result(acme, idOf(Duration.ofDays(40)), 1);
        ObjectKey youngOrphan = TaskObjects.result(acme, idOf(Duration.ZERO), 1);
        LogKey kept = task();
        ObjectKey keptLog = TaskObjects.log(acme, kept.task());
        List.of(oldLog, oldResult, youngOrphan, keptLog).forEach(key -> objects.put(key, new byte[1]));
        var sweep = new SweepObjects(objects, new JdbcLargeResults(store.database()), Clock.systemUTC());

        assertThat(sweep.step()).isFalse();

        assertThat(objects.list("", null, 10)).containsExactlyInAnyOrder(youngOrphan, keptLog);
    }

    @Test
    void theObjectsOfATaskStayAsLongAsItsHistory() {
        LogKey log = task();
        ObjectKey key = TaskObjects.log(acme, log.task());
        objects.put(key, new byte[1]);
        end(log);
        var nextMonth = new SweepObjects(
                objects,
                new JdbcLargeResults(store.database()),
                () -> Instant.now().plus(Duration.ofDays(31)));

        nextMonth.step();
        assertThat(objects.get(key)).isPresent();
        store.database().sql("delete from task_history").update();
        nextMonth.step();
        assertThat(objects.get(key)).isEmpty();
    }

    private LogKey task() {
        return new LogKey(acme, store.submit(store.task(acme).build()));
    }

    private void say(LogKey log, int attempt, int lines) {
        AttemptLog words = writer.open(log, attempt);
        IntStream.rangeClosed(1, lines).forEach(line -> words.add(LogLevel.WARN, "words " + line + " ä"));
        words.finish();
    }

    private void end(LogKey log) {
        store.changes().cancel(log.workspace(), log.task());
        assertThat(store.tasks().ended(List.of(log.task()))).hasSize(1);
    }

    private List<OpenLog> openLogs() {
        return live.open(Instant.now().plusSeconds(60), 10);
    }

    /** What Redis does by itself ten minutes after the archive. */
    private void forgetLive(LogKey log) {
        try (RedisClient client = RedisClient.create(address());
                var connection = client.connect()) {
            String key = "task-log:%s:%s".formatted(log.workspace(), log.task());
            assertThat(connection.sync().pttl(key))
                    .isBetween(1L, Duration.ofMinutes(10).toMillis());
            connection.sync().del(key);
        }
    }

    private UUID idOf(Duration ago) {
        long millis = Instant.now().minus(ago).toEpochMilli();
        return new UUID((millis << 16) | 0x7000, UUID.randomUUID().getLeastSignificantBits());
    }

    private RedisURI address() {
        return RedisURI.create("redis://127.0.0.1:" + redis.port());
    }
}
