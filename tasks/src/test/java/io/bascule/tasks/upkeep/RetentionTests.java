package io.bascule.tasks.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.gauge.CountTaskEvents;
import io.bascule.tasks.store.Settlement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetentionTests {

    private static final Duration KEPT = Duration.ofDays(30);

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");
    private final List<Removed> passes = new ArrayList<>();
    private final Retention retention = new Retention(store.database(), store.transaction(), KEPT, passes::add);
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    private final Instant tomorrow = today.plusDays(1).atTime(1, 0).toInstant(ZoneOffset.UTC);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void partitionsOfTheComingDaysAreMadeOnce() {
        assertThat(ensure("2031-05-20")).isEqualTo(8);
        assertThat(ensure("2031-05-20")).isZero();
        assertThat(ensure("2031-05-21")).isEqualTo(2);
        assertThat(tables("task_history_2031_05_23")).isOne();
        assertThat(new Partitions(store.database(), store.transaction()).step()).isZero();
    }

    @Test
    void aDayWhoseRowsWentElsewhereDoesNotKeepTheOthersFromBeingMade() {
        event(LocalDate.parse("2031-05-21"));

        assertThat(ensure("2031-05-20")).isEqualTo(7);
        assertThat(tables("event_outbox_2031_05_21")).isZero();
        assertThat(tables("event_outbox_2031_05_22")).isOne();
    }

    @Test
    void aMonthOfAnEarlierVersionStandsForItsDays() {
        execute("create table task_history_2031_05 partition of task_history for values from (%s) to (%s)"
                .formatted(floor("2031-05-01"), floor("2031-06-01")));

        assertThat(ensure("2031-05-30")).isEqualTo(6);
        assertThat(tables("task_history_2031_05_31")).isZero();
        assertThat(tables("task_history_2031_06_01")).isOne();
    }

    @Test
    void aDayOfEventsGoesOnceItIsOverAndBothCursorsHavePassedIt() {
        store.submit(3, acme);
        assertThat(pass(tomorrow).heldEventDays()).isOne();

        count();
        publish();
        assertThat(pass(Instant.now()).eventDays()).isZero();

        assertThat(pass(tomorrow).eventDays()).isOne();
        assertThat(store.count("event_outbox")).isZero();
        assertThat(tables("event_outbox_" + suffix(today))).isZero();
        assertThat(pass(tomorrow).eventDays()).isZero();
    }

    @Test
    void anEventThatIsOnlyPublishedOrOnlyCountedKeepsItsDay() {
        store.submit(1, acme);
        publish();
        assertThat(pass(tomorrow).eventDays()).isZero();
        count();
        store.submit(1, acme);
        count();
        assertThat(pass(tomorrow).eventDays()).isZero();
        publish();

        assertThat(pass(tomorrow).eventDays()).isOne();
    }

    @Test
    void aCursorOfAnotherClusterKeepsEveryDay() {
        store.submit(1, acme);
        count();
        publish();
        execute("update outbox_relays set system_identifier = 'elsewhere' where name = 'kafka'");

        assertThat(pass(tomorrow).eventDays()).isZero();
    }

    @Test
    void eventsThatATransactionOfThatDayWritesAfterwardsAreKept() {
        store.submit(1, acme);
        count();
        publish();
        assertThat(pass(tomorrow).eventDays()).isOne();

        event(today);
        assertThat(store.count("event_outbox_default")).isOne();
        assertThat(pass(tomorrow).strayRows()).isZero();
    }

    @Test
    void strayEventsAreDeletedOnceBothCursorsHavePassedThem() {
        event(LocalDate.parse("2020-01-01"));
        assertThat(pass(tomorrow).strayRows()).isZero();
        count();
        publish();

        assertThat(pass(tomorrow).strayRows()).isOne();
        assertThat(store.count("event_outbox")).isZero();
    }

    @Test
    void aDayOfHistoryGoesWhenEverythingInItEndedLongEnoughAgo() {
        List<UUID> ended = store.submit(2, acme);
        end();
        Instant firstTime = tomorrow.plus(KEPT);

        assertThat(pass(firstTime.minus(Duration.ofHours(2))).historyDays()).isZero();
        assertThat(store.tasks().find(acme, ended.getFirst())).isPresent();

        assertThat(pass(firstTime).historyDays()).isOne();
        assertThat(store.tasks().find(acme, ended.getFirst())).isEmpty();
        assertThat(tables("task_history_" + suffix(today))).isZero();
    }

    @Test
    void aTaskThatEndedLateIsKeptAsLongAsTheOthers() {
        UUID late = store.submit(1, acme).getFirst();
        end();
        execute("update task_history set finished_at = now() + interval '20 days'");

        assertThat(pass(tomorrow.plus(KEPT)).historyDays()).isZero();
        assertThat(store.tasks().find(acme, late)).isPresent();
        pass(tomorrow.plus(KEPT).plus(Duration.ofDays(20)));
        assertThat(store.tasks().find(acme, late)).isEmpty();
    }

    /** Asked every ten minutes of days that may hold millions. */
    @Test
    void whetherADayHoldsAYoungTaskIsSeenWithoutReadingTheDay() {
        String day = "task_history_" + suffix(today);
        execute("""
                insert into task_history (id, workspace_id, lane, queue, type, state, priority, run_at, attempt, failures,
                    losses, max_failures, backoff_millis, labels, input, submitted_by, submitted_by_name, created_at, finished_at)
                select (left(uuidv7_floor(now())::text, 24) || lpad(to_hex(n), 12, '0'))::uuid, '%s', 'instant', '', 'echo',
                    'succeeded', 0, now(), 1, 0, 0, 1, 0, '{}', '{}', '%1$s', 'ada', now(), now() + n * interval '1 ms'
                from generate_series(1, 20000) n""".formatted(acme));
        execute("vacuum analyze " + day);

        String plan = String.join(
                "\n",
                store.database()
                        .sql("explain select 1 from %s where finished_at >= now() + interval '1 day' limit 1"
                                .formatted(day))
                        .query(String.class)
                        .list());

        assertThat(plan).contains("Bitmap Index Scan on " + day + "_finished_at_idx");
    }

    @Test
    void aCallbackIsKeptWhileItsTaskLivesOrIsInTheHistory() {
        UUID ended = store.submit(store.task(acme).callback("https://a/").build());
        end();
        UUID slow = store.submit(store.task(acme).callback("https://b/").build());

        assertThat(pass(tomorrow).callbacks()).isZero();
        assertThat(pass(tomorrow.plus(KEPT)).callbacks()).isOne();

        assertThat(store.count("task_callbacks where task_id = '%s'".formatted(ended)))
                .isZero();
        assertThat(store.count("task_callbacks where task_id = '%s'".formatted(slow)))
                .isOne();
    }

    @Test
    void aTaskWhoseDayIsGoneEndsAllTheSameAndIsKeptFromThen() {
        UUID slow = store.submit(1, acme).getFirst();
        assertThat(pass(tomorrow.plus(KEPT)).historyDays()).isOne();
        end();

        assertThat(store.state(slow)).isEqualTo(TaskState.SUCCEEDED);
        assertThat(pass(tomorrow).strayRows()).isZero();
        assertThat(pass(tomorrow.plus(KEPT)).strayRows()).isOne();
        assertThat(store.tasks().find(acme, slow)).isEmpty();
    }

    @Test
    void whatEndedBetweenTheLookAndTheLockIsPutBackAlsoByALaterPass() {
        UUID task = store.submit(1, acme).getFirst();
        end();
        String day = "task_history_" + suffix(today);
        execute("alter table task_history detach partition " + day);
        execute("alter table %s rename to detached_%s".formatted(day, day));

        assertThat(pass(tomorrow).historyDays()).isOne();

        assertThat(store.state(task)).isEqualTo(TaskState.SUCCEEDED);
        assertThat(tables("detached_" + day)).isZero();
    }

    @Test
    void aTableThatSomebodyReadsIsLeftForALaterPassAndNobodyWaitsForLong() throws SQLException {
        store.submit(1, acme);
        count();
        publish();
        try (Connection reader = store.connection()) {
            reader.setAutoCommit(false);
            reader.createStatement().execute("select count(*) from event_outbox");
            assertThat(pass(tomorrow).eventDays()).isZero();
        }
        assertThat(pass(tomorrow).eventDays()).isOne();
    }

    @Test
    void keysOlderThanADayAreForgotten() {
        store.submit(store.task(acme).idempotency("old", "aa").build());
        execute("update idempotency_keys set created_at = now() - interval '25 hours'");
        store.submit(store.task(acme).idempotency("new", "aa").build());

        assertThat(pass(Instant.now()).keys()).isOne();
        assertThat(store.database()
                        .sql("select key from idempotency_keys")
                        .query(String.class)
                        .list())
                .containsExactly("new");
    }

    @Test
    void moreThanABatchGoesInOnePass() {
        execute(
                "insert into idempotency_keys select '%s', number::text, '', gen_random_uuid(), now() - interval '2 days'"
                                .formatted(acme)
                        + " from generate_series(1, 25000) as number");

        assertThat(pass(Instant.now()).keys()).isEqualTo(25_000);
    }

    @Test
    void onlyWhoHasTheTurnMakesAPassAndTellsOfIt() {
        store.letTurnsBeDue();
        execute("update upkeep_turns set last_at = 'epoch' where name = 'retention'");
        retention.step();
        retention.step();

        assertThat(passes).hasSize(1);
    }

    @Test
    void lessThanADayOfHistoryIsRefused() {
        assertThatThrownBy(
                        () -> new Retention(store.database(), store.transaction(), Duration.ofHours(23), passes::add))
                .hasMessageContaining("1 day or more");
    }

    private Removed pass(Instant now) {
        return retention.step(now);
    }

    private void count() {
        new CountTaskEvents(store.database(), store.transaction()).step();
    }

    /** What the relay does, without Kafka. */
    private void publish() {
        execute("""
                insert into outbox_relays (name, system_identifier, fence, xid, seq)
                select 'kafka', system_identifier::text, 1, last.xid, last.seq from pg_control_system(),
                    (select xid, seq from event_outbox order by xid desc, seq desc limit 1) last
                on conflict (name) do update set xid = excluded.xid, seq = excluded.seq""");
    }

    private void end() {
        store.claim(Lane.INSTANT, "w", 10)
                .tasks()
                .forEach(task -> store.settlements()
                        .settle(List.of(new Settlement(
                                task.id(), task.attempt(), new Finish(TaskState.SUCCEEDED, 0, 0, null), "null"))));
    }

    private void event(LocalDate day) {
        store.database()
                .sql("insert into event_outbox (occurred_at, type, subject, data) values (?, 'x', 'x', '{}')")
                .param(day.atStartOfDay().atOffset(ZoneOffset.UTC))
                .update();
    }

    private int ensure(String day) {
        return store.database()
                .sql("select ensure_task_partitions(?::date)")
                .param(day)
                .query(Integer.class)
                .single();
    }

    private int tables(String name) {
        return store.count("pg_class where relname = '%s'".formatted(name));
    }

    private void execute(String sql) {
        store.database().sql(sql).update();
    }

    private static String suffix(LocalDate day) {
        return day.toString().replace('-', '_');
    }

    private static String floor(String day) {
        long millis =
                LocalDate.parse(day).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
        return "'%08x-%04x-0000-0000-000000000000'".formatted(millis >>> 16, millis & 0xffff);
    }
}
