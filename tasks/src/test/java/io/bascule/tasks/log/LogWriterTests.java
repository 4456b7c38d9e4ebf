package io.bascule.tasks.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.testsupport.Await;
import io.bascule.testsupport.TestRedis;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class LogWriterTests {

    private final MemoryLogStore memory = new MemoryLogStore();
    private final LogWriter writer = new LogWriter(memory, LogLimits.DEFAULT, Clock.systemUTC());
    private final LogKey task = key();

    @AfterEach
    void close() {
        writer.close();
    }

    @Test
    void linesCanBeReadWhileTheAttemptRuns() {
        AttemptLog log = writer.open(task, 1);

        log.add(LogLevel.INFO, "one\ntwo\r\nthree");

        Await.until(() -> texts(task).equals(List.of("one", "two", "three")));
        assertThat(memory.read(task, LogPosition.START, 9).getLast().at()).isEqualTo(new LogPosition(1, 3));
    }

    @Test
    void whenFinishReturnsEverythingIsStored() {
        AttemptLog log = writer.open(task, 1);
        IntStream.range(0, 5_000).forEach(number -> log.add(LogLevel.INFO, "line " + number));

        log.finish();

        assertThat(texts(task)).hasSize(5_000).endsWith("line 4999");
    }

    @Test
    void whatComesAfterTheEndIsPassedOver() {
        AttemptLog log = writer.open(task, 1);
        log.add(LogLevel.INFO, "in time");
        log.finish();

        log.add(LogLevel.INFO, "too late");
        log.finish();

        assertThat(texts(task)).containsExactly("in time");
    }

    @Test
    void ofAFloodTheBeginningAndTheEndAreKeptAndTheRestIsCounted() {
        AttemptLog log = writer.open(task, 1);
        IntStream.rangeClosed(1, 300_000).forEach(number -> log.add(LogLevel.INFO, "line " + number));

        log.finish();

        List<String> kept = texts(task);
        assertThat(kept)
                .hasSize(10_000 + 1 + 1 + 100)
                .startsWith("line 1", "line 2")
                .endsWith("line 300000");
        assertThat(kept.get(10_000)).startsWith("The log is full");
        assertThat(kept.get(10_001)).isEqualTo("289,900 lines are left out here");
    }

    @Test
    void longLinesAreCutAndCountByTheirBytes() {
        AttemptLog log = writer.open(task, 1);
        IntStream.range(0, 200).forEach(_ -> log.add(LogLevel.INFO, "€".repeat(10_000)));

        log.finish();

        List<LogLine> kept = memory.read(task, LogPosition.START, 1_000);
        assertThat(kept).allMatch(line -> CleanText.bytes(line.text()) <= 8_192);
        assertThat(kept.stream().mapToInt(line -> CleanText.bytes(line.text())).sum())
                .isLessThan((1 << 20) + 101 * 8_192);
        assertThat(kept.getFirst().text()).endsWith("(cut)");
    }

    @Test
    void secretsAndEscapesNeverReachTheStore() {
        AttemptLog log = writer.open(task, 1);
        log.mask("hunter2-hunter2");

        log.add(LogLevel.INFO, "login \u001b[1mhunter2-\u001b[0mhunter2\u001b]0;pwned\u0007 done");
        log.finish();

        assertThat(texts(task)).containsExactly("login *** done");
    }

    @Test
    void aFloodDelaysNobodyElse() throws Exception {
        var stop = new AtomicBoolean();
        var flooding = new CountDownLatch(4);
        try (var redis = RedisLogStoreTests.at(TestRedis.shared().port(), Duration.ofMinutes(1));
                var busy = new LogWriter(redis, LogLimits.DEFAULT, Clock.systemUTC())) {
            for (int flooder = 0; flooder < 4; flooder++) {
                Thread.ofVirtual().start(() -> flood(busy.open(key(), 1), stop, flooding));
            }
            assertThat(flooding.await(60, TimeUnit.SECONDS)).isTrue();
            AttemptLog quiet = busy.open(task, 1);
            List<Long> times = new ArrayList<>();
            for (int number = 1; number <= 50; number++) {
                long start = System.nanoTime();
                quiet.add(LogLevel.INFO, "quiet " + number);
                int expected = number;
                Await.until(() -> redis.read(task, LogPosition.START, 100).size() == expected);
                times.add(System.nanoTime() - start);
            }

            // Half of them: what a busy machine does to single ones says nothing of the flood.
            long usual = times.stream().sorted().toList().get(times.size() / 2);
            assertThat(Duration.ofNanos(usual)).isLessThan(Duration.ofSeconds(3));
        } finally {
            stop.set(true);
        }
    }

    @Test
    void whileTheStoreIsAwayNobodyWaitsAndWhatIsMissingIsCounted() {
        AttemptLog log = writer.open(task, 1);
        log.add(LogLevel.INFO, "before");
        Await.until(() -> texts(task).size() == 1);
        memory.away = true;
        log.add(LogLevel.INFO, "first of the outage");
        Await.until(writer::isAway);

        long start = System.nanoTime();
        IntStream.range(0, 5_000).forEach(number -> log.add(LogLevel.INFO, "outage " + number));
        log.finish();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));

        memory.away = false;
        Await.until(() -> texts(task).size() > 900 && texts(task).getLast().contains("missing"));
        assertThat(texts(task)).startsWith("before", "first of the outage", "outage 0", "outage 1");
        assertThat(texts(task).getLast()).isEqualTo("4,001 lines are missing: the store of the logs was away");
    }

    private List<String> texts(LogKey key) {
        try {
            return memory.read(key, LogPosition.START, 1_000_000).stream()
                    .map(LogLine::text)
                    .toList();
        } catch (LogsAwayException away) {
            return List.of();
        }
    }

    private static void flood(AttemptLog log, AtomicBoolean stop, CountDownLatch flooding) {
        for (int line = 0; !stop.get(); line++) {
            log.add(LogLevel.INFO, "flood " + line);
            if (line == 500) {
                flooding.countDown();
            }
        }
    }

    private static LogKey key() {
        return new LogKey(UUID.randomUUID(), UUID.randomUUID());
    }
}
