package io.bascule.tasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.Task;
import io.bascule.tasks.TaskDecision;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskDecision.Postpone;
import io.bascule.tasks.TaskError;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.store.Settled.Finished;
import io.bascule.tasks.store.Settled.Postponed;
import io.bascule.tasks.store.Settled.Stale;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcSettlementsTests {

    private static final Finish SUCCEEDED = new Finish(TaskState.SUCCEEDED, 0, 0, null);
    private static final Postpone HANDED_BACK = new Postpone(TaskState.WAITING, Duration.ZERO, 0, 0, null);

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anEndedTaskMovesToTheHistoryWithItsResult() {
        store.submit(store.task(acme).replyTo("api-1").build());
        ClaimedTask claimed = claim();

        assertThat(store.settlements().settle(List.of(settle(claimed, SUCCEEDED, "{\"a\":1}"))))
                .containsExactly(new Finished(claimed.id(), TaskState.SUCCEEDED, "api-1"));
        assertThat(store.count("task_live")).isZero();
        Task ended = store.tasks().find(acme, claimed.id()).orElseThrow();
        assertThat(ended.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(ended.result()).isEqualTo("{\"a\":1}");
        assertThat(ended.times().finishedAt()).isNotNull();
        assertThat(store.count("outbox_events where type = 'io.bascule.task.finished'"))
                .isOne();
    }

    /** A plan that reads the whole table while it is small is kept by the session, and used still when it has grown. */
    @Test
    void tasksAreFoundByTheirIdsHoweverSmallTheLiveTableIs() {
        store.submit(1, acme);
        ClaimedTask claimed = claim();
        store.database().sql("analyze task_live").update();

        Long scans = store.transaction().execute(_ -> {
            store.settlements().settle(List.of(settle(claimed, SUCCEEDED, "1")));
            return store.database()
                    .sql("select seq_scan from pg_stat_xact_user_tables where relname = 'task_live'")
                    .query(Long.class)
                    .single();
        });

        assertThat(scans).isZero();
    }

    @Test
    void aStaleAttemptChangesNothing() {
        store.submit(1, acme);
        ClaimedTask first = claim();
        store.settlements().settle(List.of(settle(first, HANDED_BACK, null)));

        assertThat(store.settlements().settle(List.of(settle(first, SUCCEEDED, "1"))))
                .containsExactly(new Stale(first.id()));
        ClaimedTask second = claim();
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(store.settlements().settle(List.of(settle(first, SUCCEEDED, "1"), settle(first, HANDED_BACK, null))))
                .containsOnly(new Stale(first.id()));
        assertThat(store.state(first.id())).isEqualTo(TaskState.RUNNING);
        assertThat(store.count("task_history")).isZero();
    }

    @Test
    void settlingTwiceEndsATaskOnce() {
        store.submit(1, acme);
        ClaimedTask claimed = claim();
        store.settlements().settle(List.of(settle(claimed, SUCCEEDED, "1")));

        assertThat(store.settlements().settle(List.of(settle(claimed, SUCCEEDED, "2"))))
                .containsExactly(new Stale(claimed.id()));
        assertThat(store.tasks().find(acme, claimed.id()).orElseThrow().result())
                .isEqualTo("1");
    }

    @Test
    void aRetryWaitsForItsBackoffAndRemembersTheError() {
        store.submit(1, acme);
        ClaimedTask claimed = claim();
        var later = new Postpone(TaskState.RETRYING, Duration.ofMinutes(5), 1, 0, new TaskError("boom", "It broke"));

        assertThat(store.settlements().settle(List.of(settle(claimed, later, null))))
                .containsExactly(new Postponed(claimed.id(), TaskState.RETRYING));
        assertThat(store.claim(Lane.INSTANT, "w", 1).tasks()).isEmpty();
        Task waiting = store.tasks().find(acme, claimed.id()).orElseThrow();
        assertThat(waiting.failures()).isOne();
        assertThat(waiting.error()).isEqualTo(new TaskError("boom", "It broke"));
        assertThat(waiting.times().runAt()).isAfter(waiting.times().createdAt().plusSeconds(290));
    }

    @Test
    void aTaskThatWasAskedToStopDoesNotWaitForAnotherAttempt() {
        store.submit(1, acme);
        ClaimedTask claimed = claim();
        store.changes().cancel(acme, claimed.id());

        assertThat(store.settlements().settle(List.of(settle(claimed, HANDED_BACK, null))))
                .containsExactly(new Finished(claimed.id(), TaskState.CANCELLED, null));
    }

    private ClaimedTask claim() {
        return store.claim(Lane.INSTANT, "w", 1).tasks().getFirst();
    }

    private static Settlement settle(ClaimedTask task, TaskDecision decision, @Nullable String result) {
        return new Settlement(task.id(), task.attempt(), decision, result);
    }
}
