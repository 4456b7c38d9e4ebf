package io.bascule.tasks.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.log.LogStore.OpenLog;
import io.bascule.testsupport.Await;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link LogStore} must do. */
abstract class LogStoreContract {

    private final LogKey log = new LogKey(UUID.randomUUID(), UUID.randomUUID());

    abstract LogStore store();

    @Test
    void linesComeBackAsTheyWereWrittenAndInOrder() {
        var odd = new LogLine(
                new LogPosition(1, 2), Instant.ofEpochMilli(1_700_000_000_123L), LogLevel.WARN, "ä \"q\" \t 漢字 🌍");
        store().append(log, List.of(line(1, 1), odd));
        store().append(log, List.of(line(1, 3)));

        assertThat(store().read(log, LogPosition.START, 10)).containsExactly(line(1, 1), odd, line(1, 3));
    }

    @Test
    void readingGoesOnAfterAPosition() {
        store().append(log, List.of(line(1, 1), line(1, 2), line(2, 1), line(2, 2)));

        assertThat(store().read(log, new LogPosition(1, 2), 1)).containsExactly(line(2, 1));
        assertThat(store().read(log, new LogPosition(2, 1), 5)).containsExactly(line(2, 2));
        assertThat(store().read(log, new LogPosition(2, 2), 5)).isEmpty();
    }

    @Test
    void writingAgainAddsNothingTwice() {
        store().append(log, List.of(line(1, 1), line(1, 2)));
        store().append(log, List.of(line(1, 1), line(1, 2), line(1, 3)));

        assertThat(store().read(log, LogPosition.START, 10)).containsExactly(line(1, 1), line(1, 2), line(1, 3));
    }

    @Test
    void aLostAttemptCannotSpeakBehindItsSuccessor() {
        store().append(log, List.of(line(1, 1), line(2, 1)));
        store().append(log, List.of(line(1, 2)));

        assertThat(store().read(log, LogPosition.START, 10)).containsExactly(line(1, 1), line(2, 1));
    }

    @Test
    void aLogBelongsToItsWorkspace() {
        store().append(log, List.of(line(1, 1)));

        assertThat(store().read(new LogKey(UUID.randomUUID(), log.task()), LogPosition.START, 10))
                .isEmpty();
    }

    @Test
    void aLogIsOpenUntilItIsArchivedAndAgainWhenItIsWrittenTo() {
        store().append(log, List.of(line(1, 1)));
        OpenLog open = open().orElseThrow();

        store().archived(open);
        assertThat(open()).isEmpty();
        store().append(log, List.of(line(2, 1)));
        assertThat(open()).isPresent();
    }

    @Test
    void whatIsWrittenWhileALogIsArchivedKeepsItOpen() {
        store().append(log, List.of(line(1, 1)));
        OpenLog open = open().orElseThrow();
        Await.until(() -> System.currentTimeMillis() > open.touched());
        store().append(log, List.of(line(1, 2)));

        store().archived(open);

        assertThat(open()).isPresent();
        assertThat(store().read(log, LogPosition.START, 9)).hasSize(2);
    }

    @Test
    void aLogThatWasLookedAtIsNotLookedAtAgainAtOnce() {
        store().append(log, List.of(line(1, 1)));
        OpenLog open = open().orElseThrow();

        store().looked(open, Instant.now().plusSeconds(60));

        assertThat(open()).isEmpty();
        store().looked(new OpenLog(log, open.touched() + 60_000), Instant.now());
    }

    private Optional<OpenLog> open() {
        return store().open(Instant.now().plusSeconds(1), 10_000).stream()
                .filter(open -> open.key().equals(log))
                .findFirst();
    }

    LogKey log() {
        return log;
    }

    static LogLine line(int attempt, long number) {
        return new LogLine(
                new LogPosition(attempt, number), Instant.ofEpochMilli(number), LogLevel.INFO, "line " + number);
    }
}
