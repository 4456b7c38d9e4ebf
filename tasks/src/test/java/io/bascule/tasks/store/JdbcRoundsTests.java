package io.bascule.tasks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskDecision;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskDecision.Postpone;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.store.JdbcRounds.Round;
import io.bascule.tasks.store.Settled.Finished;
import io.bascule.tasks.store.Settled.Postponed;
import io.bascule.tasks.store.Settled.Stale;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;

class JdbcRoundsTests {

    private static final Finish SUCCEEDED = new Finish(TaskState.SUCCEEDED, 0, 0, null);
    private static final Postpone HANDED_BACK = new Postpone(TaskState.WAITING, Duration.ZERO, 0, 0, null);

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");
    private final JdbcRounds rounds = new JdbcRounds(store.engine().database());

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatEndedIsSettledAndWhatIsNextIsClaimedInOneTransaction() {
        store.submit(3, acme);
        ClaimedTask first = claim(1).getFirst();

        Round round = rounds.make(List.of(settle(first, SUCCEEDED, "1")), request(5));

        assertThat(round.settled()).containsExactly(new Finished(first.id(), TaskState.SUCCEEDED, null));
        assertThat(Objects.requireNonNull(round.claimed()).tasks()).hasSize(2);
        assertThat(store.count("""
                        (select distinct xid from outbox_events
                        where type = 'io.bascule.task.finished' or subject <> '%s' and type = 'io.bascule.task.started') x
                        """.formatted(first.id()))).isOne();
    }

    @Test
    void eachKindOfEndHasItsOutcomeInOrder() {
        store.submit(4, acme);
        List<ClaimedTask> tasks = claim(4);
        store.changes().cancel(acme, tasks.get(2).id());

        Round round = rounds.make(
                List.of(
                        settle(tasks.get(3), SUCCEEDED, null),
                        settle(tasks.get(2), HANDED_BACK, null),
                        settle(tasks.get(1), HANDED_BACK, null),
                        new Settlement(tasks.getFirst().id(), 7, SUCCEEDED, null)),
                null);

        assertThat(round.claimed()).isNull();
        assertThat(round.settled())
                .containsExactly(
                        new Finished(tasks.get(3).id(), TaskState.SUCCEEDED, null),
                        new Finished(tasks.get(2).id(), TaskState.CANCELLED, null),
                        new Postponed(tasks.get(1).id(), TaskState.WAITING),
                        new Stale(tasks.getFirst().id()));
    }

    @Test
    void whenAnEndIsRefusedNothingIsClaimed() {
        store.submit(2, acme);
        ClaimedTask first = claim(1).getFirst();

        assertThatThrownBy(() -> rounds.make(List.of(settle(first, SUCCEEDED, "no json")), request(5)))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(store.state(first.id())).isEqualTo(TaskState.RUNNING);
        assertThat(store.count("task_live where state = 'waiting'")).isOne();
    }

    /** Else tasks that were claimed in the first would be held by nobody until their leases run out. */
    @Test
    void thereIsNoSecondTripThatCouldFailAfterAClaim() {
        store.submit(3, acme);
        ClaimedTask cancelled = claim(1).getFirst();
        store.changes().cancel(acme, cancelled.id());
        AtomicInteger trips = new AtomicInteger();
        var breaking =
                new JdbcTemplate(
                        Objects.requireNonNull(((JdbcTemplate) store.engine().database()).getDataSource())) {
                    @Override
                    public <T extends @Nullable Object> T execute(String sql, PreparedStatementCallback<T> action) {
                        if (trips.incrementAndGet() > 1) {
                            throw new TransientDataAccessResourceException("the database is away");
                        }
                        return super.execute(sql, action);
                    }
                };

        Round round = new JdbcRounds(breaking).make(List.of(settle(cancelled, HANDED_BACK, null)), request(5));

        assertThat(round.settled()).containsExactly(new Finished(cancelled.id(), TaskState.CANCELLED, null));
        assertThat(Objects.requireNonNull(round.claimed()).tasks()).hasSize(2);
        assertThat(trips).hasValue(1);
    }

    /** Planning a claim takes longer than the claim. */
    @Test
    void plansAreMadeOnceAConnectionAndLeaveNoTraceInItsSettings() {
        for (int round = 0; round < 12; round++) {
            rounds.make(List.of(), request(1));
        }

        Map<String, @Nullable Object> statement =
                store.database().sql("""
                        select generic_plans > 0 as generic, custom_plans as custom, current_setting('plan_cache_mode') as mode
                        from pg_prepared_statements where statement like '%with recursive ring%'
                        """).query().singleRow();
        assertThat(statement)
                .containsEntry("generic", true)
                .containsEntry("custom", 0L)
                .containsEntry("mode", "auto");
    }

    @Test
    void aNamedWorkspaceGivesItsFirstTasksAndNoOtherDoes() {
        UUID other = store.workspace("other");
        store.submit(2, other);
        store.submit(2, acme);
        UUID urgent = store.submit(store.task(acme).priority(5).build());

        Claimed claimed = claimNamed("w", Map.of(acme, 2));

        assertThat(claimed.tasks())
                .hasSize(2)
                .allSatisfy(task -> assertThat(task.workspace()).isEqualTo(acme));
        assertThat(claimed.tasks().getFirst().id()).isEqualTo(urgent);
        assertThat(claimed.more()).isTrue();
        assertThat(store.count("""
                        task_live where state = 'running' and worker = 'w' and attempt = 1
                        and lease_until between clock_timestamp() + interval '8 s' and clock_timestamp() + interval '10 s'
                        """)).isEqualTo(2);
        assertThat(store.count("outbox_events where type = 'io.bascule.task.started'"))
                .isEqualTo(2);
    }

    @Test
    void aHintOfATaskThatIsGoneOrTakenBringsNothing() {
        UUID id = store.submit(store.task(acme).build());

        assertThat(claimNamed("w", Map.of(acme, 3)).tasks())
                .extracting(ClaimedTask::id)
                .containsExactly(id);
        Claimed again = claimNamed("w", Map.of(acme, 3, new UUID(9, 9), 3));
        assertThat(again.tasks()).isEmpty();
        assertThat(again.more()).isFalse();
    }

    @Test
    void whatIsNotForTheInstantLaneOrNotYetOrTooLateIsNotClaimedByName() {
        store.queue(acme, "q", 1);
        store.submit(store.task(acme).inQueue("q").build());
        store.submit(
                store.task(acme).runAt(Instant.now().plus(Duration.ofHours(1))).build());
        store.submit(
                store.task(acme).deadline(Instant.parse("2020-01-01T00:00:00Z")).build());

        assertThat(claimNamed("w", Map.of(acme, 3)).tasks()).isEmpty();
    }

    @Test
    void whoeverIsNamedRoomIsNotPassed() {
        UUID other = store.workspace("other");
        store.submit(3, acme);
        store.submit(3, other);

        assertThat(rounds.claim(new NamedClaim(
                                "w", TaskStore.LEASE, 3, Map.of(acme, 2, other, 2), ClaimRequest.FROM_THE_START))
                        .tasks())
                .hasSize(3);
    }

    /** All hear of the same tasks, and look at once. */
    @Test
    void aTaskOfWhichManyWorkersHeardIsRunOnce() throws Exception {
        store.submit(40, acme);
        Queue<UUID> taken = new ConcurrentLinkedQueue<>();
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = new ArrayList<>();
            for (int number = 0; number < 8; number++) {
                String worker = "w" + number;
                work.add(workers.submit(() -> {
                    for (int look = 0; look < 10; look++) {
                        claimNamed(worker, Map.of(acme, 3)).tasks().forEach(task -> taken.add(task.id()));
                    }
                }));
            }
            for (Future<?> one : work) {
                one.get();
            }
        }

        assertThat(taken).hasSize(40).doesNotHaveDuplicates();
        assertThat(store.count("task_live where attempt <> 1")).isZero();
    }

    private Claimed claimNamed(String worker, Map<UUID, Integer> slots) {
        int room = slots.values().stream().mapToInt(Integer::intValue).sum();
        return rounds.claim(new NamedClaim(worker, TaskStore.LEASE, room, slots, ClaimRequest.FROM_THE_START));
    }

    private List<ClaimedTask> claim(int room) {
        return store.claim(Lane.INSTANT, "worker-1", room).tasks();
    }

    private static ClaimRequest request(int room) {
        return new ClaimRequest(
                Lane.INSTANT, "worker-1", TaskStore.LEASE, room, room, Map.of(), ClaimRequest.FROM_THE_START, Map.of());
    }

    private static Settlement settle(ClaimedTask task, TaskDecision decision, @Nullable String result) {
        return new Settlement(task.id(), task.attempt(), decision, result);
    }
}
