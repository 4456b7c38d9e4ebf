package io.bascule.tasks.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.signal.Hints;
import io.bascule.tasks.store.JdbcLeases;
import io.bascule.tasks.store.Settled.Stale;
import io.bascule.tasks.store.Settlement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReaperTests {

    private static final Finish SUCCEEDED = new Finish(TaskState.SUCCEEDED, 0, 0, null);

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");
    private final Reaper reaper =
            new Reaper(store.database(), store.transaction(), store.lifecycle(), store.signals(), TaskStore.LEASE);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theTaskOfALostWorkerIsTakenOverAndItsLateSettlementChangesNothing() {
        store.queue(acme, "q", 1);
        store.submit(store.task(acme).inQueue("q").build());
        ClaimedTask lost = store.claim(Lane.QUEUED, "lost", 1).tasks().getFirst();
        AtomicInteger woken = new AtomicInteger();
        Hints hints = store.signals().onWake(Lane.QUEUED, woken::incrementAndGet);
        hints.ask();
        store.letLeasesRunOut();
        store.letTurnsBeDue();

        assertThat(reaper.step()).isOne();

        assertThat(woken).hasValue(1);
        assertThat(store.count("queues where running <> 0")).isZero();
        ClaimedTask again = store.claim(Lane.QUEUED, "next", 1).tasks().getFirst();
        assertThat(again.id()).isEqualTo(lost.id());
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.standing().failures()).isZero();
        assertThat(store.settlements()
                        .settle(List.of(new Settlement(lost.id(), lost.attempt(), SUCCEEDED, "\"late\""))))
                .containsExactly(new Stale(lost.id()));
        assertThat(store.state(lost.id())).isEqualTo(TaskState.RUNNING);
        store.settlements().settle(List.of(new Settlement(again.id(), again.attempt(), SUCCEEDED, "\"good\"")));
        assertThat(store.tasks().find(acme, lost.id()).orElseThrow().result()).isEqualTo("\"good\"");
    }

    @Test
    void aTaskThatKillsItsWorkersEndsAndWhatWasClaimedWithItGoesOn() {
        UUID deadly = store.submit(store.task(acme).build());
        UUID neighbour = store.submit(store.task(acme).build());
        var leases = new JdbcLeases(store.database());
        for (int worker = 1; worker <= TaskLifecycle.MOST_LOSSES; worker++) {
            assertThat(store.state(deadly)).isEqualTo(TaskState.WAITING);
            List<ClaimedTask> claimed =
                    store.claim(Lane.INSTANT, "lost-" + worker, 2).tasks();
            assertThat(claimed).extracting(ClaimedTask::id).containsExactly(deadly, neighbour);
            if (worker > 1) {
                assertThat(leases.begin(deadly, worker)).isTrue();
            }
            store.letLeasesRunOut();
            store.letTurnsBeDue();
            assertThat(reaper.step()).isEqualTo(2);
        }

        assertThat(store.state(deadly)).isEqualTo(TaskState.FAILED);
        assertThat(store.state(neighbour)).isEqualTo(TaskState.WAITING);
        assertThat(store.count("task_live where losses = 1 and failures = 0")).isOne();
    }

    /** Such as one whose input no worker has the memory to read. */
    @Test
    void aTaskThatNoWorkerLivesToBeginEnds() {
        UUID id = store.submit(store.task(acme).build());
        int lost = 0;
        while (store.state(id) == TaskState.WAITING && lost < 2 * TaskLifecycle.MOST_CLAIMS) {
            lost++;
            store.claim(Lane.INSTANT, "lost-" + lost, 1);
            store.letLeasesRunOut();
            store.letTurnsBeDue();
            assertThat(reaper.step()).isOne();
        }

        assertThat(store.state(id)).isEqualTo(TaskState.FAILED);
        assertThat(lost).isEqualTo(TaskLifecycle.MOST_CLAIMS + TaskLifecycle.MOST_LOSSES - 1);
    }

    @Test
    void anAttemptThatIsLostBeginsNoMore() {
        UUID id = store.submit(store.task(acme).build());
        store.claim(Lane.INSTANT, "late", 1);
        store.letLeasesRunOut();
        store.letTurnsBeDue();
        reaper.step();
        var leases = new JdbcLeases(store.database());

        assertThat(leases.begin(id, 1)).isFalse();
        store.claim(Lane.INSTANT, "next", 1);
        assertThat(leases.begin(id, 1)).isFalse();
        assertThat(leases.begin(id, 2)).isTrue();
    }

    @Test
    void aTaskThatIsRenewedStaysWithItsWorker() {
        store.submit(1, acme);
        store.claim(Lane.INSTANT, "alive", 1);
        store.letTurnsBeDue();

        assertThat(reaper.step()).isZero();
    }

    @Test
    void afterAnIntervalWithoutAPassNothingIsReturnedForAFullLease() {
        store.submit(1, acme);
        store.claim(Lane.INSTANT, "cut off", 1);
        store.letLeasesRunOut();
        store.database()
                .sql("update upkeep_turns set last_at = clock_timestamp() - interval '1 minute'")
                .update();

        assertThat(reaper.step()).isZero();
        store.letTurnsBeDue();
        assertThat(reaper.step()).isZero();

        store.database()
                .sql("update upkeep_turns set quiet_until = clock_timestamp()")
                .update();
        store.letTurnsBeDue();
        assertThat(reaper.step()).isOne();
    }

    @Test
    void onlyOneOfTwoReapersTakesTheTurn() {
        store.submit(1, acme);
        store.claim(Lane.INSTANT, "lost", 1);
        store.letLeasesRunOut();
        store.letTurnsBeDue();

        assertThat(reaper.step()).isOne();
        store.claim(Lane.INSTANT, "lost too", 1);
        store.letLeasesRunOut();
        assertThat(reaper.step()).isZero();
    }

    @Test
    void aLostTaskThatWasCancelledOrIsOverdueEnds() {
        UUID cancelled = store.submit(store.task(acme).build());
        UUID overdue = store.submit(store.task(acme).build());
        store.claim(Lane.INSTANT, "lost", 2);
        store.changes().cancel(acme, cancelled);
        store.database()
                .sql("update task_live set deadline = clock_timestamp() where id = ?")
                .param(overdue)
                .update();
        store.letLeasesRunOut();
        store.letTurnsBeDue();

        assertThat(reaper.step()).isEqualTo(2);
        assertThat(store.state(cancelled)).isEqualTo(TaskState.CANCELLED);
        assertThat(store.state(overdue)).isEqualTo(TaskState.EXPIRED);
    }
}
