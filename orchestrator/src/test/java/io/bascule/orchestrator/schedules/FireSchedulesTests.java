package io.bascule.orchestrator.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.orchestrator.leadership.DeposedException;
import io.bascule.orchestrator.leadership.Leaders;
import io.bascule.orchestrator.leadership.Leadership;
import io.bascule.tasks.Lane;
import io.bascule.tasks.Task;
import io.bascule.tasks.TaskIds;
import io.bascule.tasks.schedule.MissedRuns;
import io.bascule.tasks.schedule.Schedule;
import io.bascule.tasks.signal.LocalTaskSignals;
import io.bascule.tasks.store.JdbcDueSchedules;
import io.bascule.tasks.store.JdbcSubmissions;
import io.bascule.tasks.store.JdbcTasks;
import io.bascule.tasks.store.SubmissionJournal;
import io.bascule.tasks.type.TaskCatalogue;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class FireSchedulesTests {

    private static final int MOST_WAITING = 150;

    private final StoredSchedules stored = new StoredSchedules();
    private final Leaders leaders = new Leaders(stored.database());
    private final Leadership leader = leaders.next("pod-1");
    private final LocalTaskSignals signals = new LocalTaskSignals();

    @Test
    void aScheduleThatIsDueSubmitsItsTaskAndMovesOn() {
        Schedule schedule = stored.hourly("report", MissedRuns.SKIP).dueSince("10 s");
        List<Lane> woken = new ArrayList<>();
        signals.onWake(Lane.INSTANT, () -> woken.add(Lane.INSTANT));

        assertThat(step(leader)).isFalse();

        Task task = stored.onlyTask();
        assertThat(task.type()).isEqualTo("echo");
        assertThat(task.input()).isEqualTo("{\"message\":\"hello\"}");
        assertThat(task.labels()).isEqualTo(Map.of("team", "data", "schedule", "report"));
        assertThat(task.submittedBy().name()).isEqualTo("ada");
        assertThat(woken).containsExactly(Lane.INSTANT);
        Schedule after = stored.read(schedule);
        assertThat(stored.lastTask(after)).isEqualTo(task.id());
        assertThat(stored.next(after)).isEqualTo(stored.next(schedule).plusSeconds(3600));
        assertThat(stored.events("io.bascule.schedule.fired"))
                .singleElement()
                .asString()
                .contains("\"name\" : \"report\"", task.id().toString());

        step(leader);
        assertThat(stored.tasks()).hasSize(1);
    }

    @Test
    void theTaskHasTheSchedulesKeyAndCallback() {
        stored.addQueue("reports");
        stored.hourly("report", MissedRuns.SKIP)
                .inQueue("reports")
                .key("customer-7")
                .callback("https://example.org/done")
                .dueSince("10 s");

        step(leader);

        Task task = stored.onlyTask();
        assertThat(task.concurrencyKey()).isEqualTo("customer-7");
        assertThat(stored.database()
                        .sql("select url from task_callbacks where task_id = ?")
                        .param(task.id())
                        .query(String.class)
                        .single())
                .isEqualTo("https://example.org/done");
    }

    @Test
    void aScheduleThatIsNotDueOrPausedSubmitsNothing() {
        stored.hourly("later", MissedRuns.ALL).dueSince("-1 minute");
        stored.hourly("paused", MissedRuns.ALL).paused();

        step(leader);

        assertThat(stored.tasks()).isEmpty();
    }

    @Test
    void aScheduleWhoseOwnerIsDisabledIsPausedWithTheReasonAndTheOthersRun() {
        Schedule schedule = stored.hourly("report", MissedRuns.SKIP).dueSince("10 s");
        stored.database().sql("update users set disabled_at = now()").update();

        step(leader);

        assertThat(stored.tasks()).isEmpty();
        assertThat(stored.read(schedule).standing().pausedAt()).isNotNull();
        assertThat(stored.error(schedule)).contains("its owner ada is disabled", "resume it");
    }

    @Test
    void twoLeadersAtOnceSubmitEachOccurrenceOnce() throws Exception {
        for (int number = 0; number < 50; number++) {
            stored.hourly("schedule-" + number, MissedRuns.ONCE).dueSince("10 s");
        }
        var start = new CountDownLatch(1);
        Callable<Void> stepping = () -> {
            start.await(60, TimeUnit.SECONDS);
            for (int pass = 0; pass < 10; pass++) {
                step(leader);
            }
            return null;
        };
        try (var both = Executors.newFixedThreadPool(2)) {
            var first = both.submit(stepping);
            var second = both.submit(stepping);
            start.countDown();
            first.get(60, TimeUnit.SECONDS);
            second.get(60, TimeUnit.SECONDS);
        }

        assertThat(stored.tasks()).hasSize(50);
        assertThat(stored.tasks().stream().map(task -> task.labels().get("schedule")))
                .doesNotHaveDuplicates();
    }

    @Test
    void whatALeaderThatDiesHadNotCommittedIsDoneOnceByTheNext() {
        Schedule schedule = stored.hourly("report", MissedRuns.ONCE).dueSince("10 s");
        FireSchedules dying = fire(leader, tasks -> {
            assertThat(tasks).hasSize(1);
            throw new IllegalStateException("the pod is gone");
        });

        assertThatThrownBy(() -> dying.step(leader.fence().orElseThrow())).hasMessage("the pod is gone");
        assertThat(stored.tasks()).isEmpty();
        assertThat(stored.next(stored.read(schedule))).isEqualTo(stored.next(schedule));

        step(leaders.next("pod-2"));
        step(leaders.next("pod-3"));
        assertThat(stored.tasks()).hasSize(1);
    }

    @Test
    void aDeposedLeaderSubmitsNothing() {
        Schedule schedule = stored.hourly("report", MissedRuns.ONCE).dueSince("10 s");
        leaders.next("pod-2");

        assertThatThrownBy(() -> step(leader)).isInstanceOf(DeposedException.class);

        assertThat(stored.tasks()).isEmpty();
        assertThat(stored.read(schedule)).isEqualTo(schedule);
    }

    @Test
    void aSuccessorWaitsForWhatTheLeaderIsCommitting() throws Exception {
        stored.hourly("report", MissedRuns.ONCE).dueSince("10 s");
        var inserted = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        FireSchedules slow = fire(leader, _ -> {
            inserted.countDown();
            awaited(goOn);
        });
        try (var threads = Executors.newFixedThreadPool(2)) {
            var old = threads.submit(() -> slow.step(leader.fence().orElseThrow()));
            awaited(inserted);
            var taking = threads.submit(() -> leaders.next("pod-2"));
            assertThat(stored.lockIsWaitedFor("leader_leases")).isTrue();
            assertThat(taking.isDone()).isFalse();
            goOn.countDown();
            old.get(60, TimeUnit.SECONDS);
            step(taking.get(60, TimeUnit.SECONDS));
        }

        assertThat(stored.tasks()).hasSize(1);
    }

    @Test
    void runsThatWereMissedFollowThePolicy() {
        stored.hourly("skipped", MissedRuns.SKIP).dueSince("3 hours 30 minutes");
        stored.hourly("once", MissedRuns.ONCE).dueSince("3 hours 30 minutes");
        stored.hourly("all", MissedRuns.ALL).dueSince("3 hours 30 minutes");
        stored.hourly("long-ago", MissedRuns.ALL).dueSince("400 hours 30 minutes");

        step(leader);

        assertThat(stored.tasks("skipped")).isEmpty();
        assertThat(stored.tasks("once")).hasSize(1);
        assertThat(stored.tasks("all")).hasSize(4);
        assertThat(stored.tasks("long-ago")).hasSize(100);
        assertThat(stored.due()).isZero();
    }

    @Test
    void aTaskThatIsRefusedLeavesItsReasonAndTheNextTimeStands() {
        Schedule gone = stored.hourly("gone", MissedRuns.ALL).inQueue("gone").dueSince("10 s");
        Schedule unknown =
                stored.hourly("unknown", MissedRuns.ALL).type("dance").dueSince("10 s");
        Schedule many = stored.hourly("many", MissedRuns.ALL).dueSince("99 hours");
        Schedule more = stored.hourly("more", MissedRuns.ALL).dueSince("60 hours");

        step(leader);

        assertThat(stored.error(gone)).contains("no queue gone any more");
        assertThat(stored.error(unknown)).contains("no task type dance");
        assertThat(stored.tasks("many")).hasSize(100);
        assertThat(stored.error(more)).contains("100 instant tasks of this workspace waited already (at most 150 may)");
        assertThat(stored.tasks("more")).isEmpty();
        assertThat(stored.due()).isZero();
        assertThat(stored.next(stored.read(gone))).isEqualTo(stored.next(gone).plusSeconds(3600));
        assertThat(stored.read(many).standing().lastError()).isNull();
    }

    @Test
    void anErrorIsForgottenWithTheNextRun() {
        Schedule schedule =
                stored.hourly("report", MissedRuns.ALL).inQueue("gone").dueSince("1 hour 10 s");
        step(leader);
        assertThat(stored.error(schedule)).isNotEmpty();

        stored.addQueue("gone");
        stored.makeDue(schedule);
        step(leader);

        assertThat(stored.read(schedule).standing().lastError()).isNull();
        assertThat(stored.onlyTask().queue()).isEqualTo("gone");
    }

    @Test
    void aScheduleThatCannotBeReadIsStoppedAndTheOthersGoOn() {
        Schedule broken = stored.hourly("broken", MissedRuns.ALL).dueSince("20 s");
        stored.hourly("fine", MissedRuns.ALL).dueSince("10 s");
        stored.breakZone(broken);

        step(leader);

        assertThat(stored.tasks("fine")).hasSize(1);
        assertThat(stored.error(broken)).contains("It was stopped", "Atlantis/Capital");
        assertThat(stored.read(broken).standing().next()).isNull();
        assertThat(stored.due()).isZero();
    }

    @Test
    void aScheduleWhoseTaskTheStoreRefusesIsStoppedWithAReasonThatDoesNotShowTheTask() {
        Schedule refused = stored.hourly("refused", MissedRuns.ALL).dueSince("20 s");
        stored.hourly("fine", MissedRuns.ALL).type("http.request").dueSince("10 s");
        stored.refuseTasksOfType("echo");

        step(leader);

        assertThat(stored.tasks("fine")).hasSize(1);
        assertThat(stored.error(refused))
                .contains("It was stopped", "not_this_type")
                .doesNotContain("hello", "insert");
        assertThat(stored.due()).isZero();
    }

    @Test
    void anOccurrenceWhoseTaskLivesIsNotSubmittedAgain() {
        Schedule schedule = stored.hourly("report", MissedRuns.ALL).dueSince("10 s");
        step(leader);
        stored.rewind(schedule);

        step(leader);

        assertThat(stored.lastTask(schedule)).isEqualTo(stored.onlyTask().id());
        assertThat(stored.events("io.bascule.schedule.fired")).hasSize(1);
    }

    @Test
    void manyThatAreDueAtOnceAreAskedForAgain() {
        for (int number = 0; number < 25; number++) {
            stored.hourly("schedule-" + number, MissedRuns.ONCE).dueSince("10 s");
        }

        assertThat(step(leader)).isTrue();
        assertThat(step(leader)).isFalse();
        assertThat(stored.tasks()).hasSize(25);
    }

    private boolean step(Leadership leadership) {
        return fire(leadership, _ -> {}).step(leadership.fence().orElseThrow());
    }

    private FireSchedules fire(Leadership leadership, SubmissionJournal journal) {
        var schedules = new JdbcDueSchedules(stored.database());
        TransactionTemplate transaction = stored.transaction();
        var run = new RunDueSchedules(
                schedules,
                new JdbcSubmissions(stored.database(), transaction, journal),
                () -> new AdmitRuns(TaskCatalogue.builtIn(), new JdbcTasks(stored.database()), MOST_WAITING),
                new TaskIds(InstantSource.system(), new Random()));
        return new FireSchedules(run, schedules, leadership, transaction, signals);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
