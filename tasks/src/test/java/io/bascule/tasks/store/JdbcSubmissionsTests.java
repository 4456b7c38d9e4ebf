package io.bascule.tasks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.tasks.Lane;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.Task;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.store.Submission.Accepted;
import io.bascule.tasks.store.Submission.Duplicate;
import io.bascule.tasks.store.Submission.KeyTaken;
import io.bascule.tasks.store.Submission.Repeated;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcSubmissionsTests {

    private final TaskStore store = new TaskStore();
    private final JdbcSubmissions submissions = store.submissions();
    private UUID workspace = new UUID(0, 0);

    @BeforeEach
    void aWorkspace() {
        workspace = store.workspace("acme");
        store.queue(workspace, "nightly", 1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aTaskIsStoredWithAllItSays() {
        Instant later = Instant.parse("2099-01-01T00:00:00Z");
        NewTask task = store.task(workspace)
                .inQueue("nightly")
                .priority(7)
                .runAt(later)
                .deadline(later.plusSeconds(5))
                .failures(3)
                .build();

        assertThat(submissions.submit(List.of(task)))
                .singleElement()
                .isInstanceOfSatisfying(Accepted.class, accepted -> {
                    assertThat(accepted.state()).isEqualTo(TaskState.SCHEDULED);
                    assertThat(accepted.runAt()).isEqualTo(later);
                });
        Task stored = store.tasks().find(workspace, task.id()).orElseThrow();
        assertThat(stored.lane()).isEqualTo(Lane.QUEUED);
        assertThat(stored.queue()).isEqualTo("nightly");
        assertThat(stored.priority()).isEqualTo(7);
        assertThat(stored.input()).isEqualTo(task.input());
        assertThat(stored.times().deadline()).isEqualTo(later.plusSeconds(5));
        assertThat(stored.submittedBy()).isEqualTo(task.submittedBy());
    }

    /** Which another statement does than for many. */
    @Test
    void aLoneInstantTaskIsStoredAsOneOfMany() {
        Instant deadline = Instant.parse("2099-01-01T00:00:00Z");
        List<NewTask> alike = Stream.generate(() -> store.task(workspace)
                        .priority(7)
                        .failures(3)
                        .replyTo("api-1")
                        .deadline(deadline)
                        .build())
                .limit(3)
                .toList();
        submissions.submit(alike.subList(0, 2));
        Submission lone = submissions.submit(alike.subList(2, 3)).getFirst();
        UUID usual = store.submit(store.task(workspace).build());

        assertThat(lone).isInstanceOfSatisfying(Accepted.class, accepted -> {
            assertThat(accepted.state()).isEqualTo(TaskState.WAITING);
            assertThat(accepted.deadline()).isEqualTo(deadline);
            assertThat(accepted.runAt()).isAfterOrEqualTo(accepted.createdAt());
        });
        assertThat(store.count("""
                        (select distinct to_jsonb(t) - array['id', 'run_at', 'created_at'] from task_live t
                        where deadline = '%s') alike""".formatted(deadline))).isOne();
        assertThat(store.count("""
                        (select distinct type, workspace_id, data::jsonb from outbox_events
                        where type = 'io.bascule.task.accepted') alike""")).isOne();
        assertThat(store.count("outbox_events where type = 'io.bascule.task.accepted'"))
                .isEqualTo(4);
        assertThat(store.count("task_live where id = '%s' and deadline - run_at = interval '1 min'".formatted(usual)))
                .isOne();
    }

    @Test
    void aCallbackIsStoredWithATaskThatIsAcceptedAndWithNoOther() {
        NewTask first =
                store.task(workspace).dedupe("once").callback("https://a/").build();
        NewTask without = store.task(workspace).build();
        NewTask again =
                store.task(workspace).dedupe("once").callback("https://b/").build();
        NewTask homeless =
                store.task(workspace).inQueue("nowhere").callback("https://c/").build();

        submissions.submit(List.of(first, without, homeless));
        submissions.submit(List.of(again));

        assertThat(store.database()
                        .sql("select task_id || ' ' || workspace_id || ' ' || url from task_callbacks")
                        .query(String.class)
                        .list())
                .containsExactly("%s %s https://a/".formatted(first.id(), workspace));
    }

    @Test
    void anInstantTaskHasAMinuteUnlessItNamesADeadline() {
        UUID id = store.submit(store.task(workspace).build());

        var times = store.tasks().find(workspace, id).orElseThrow().times();
        assertThat(times.deadline()).isEqualTo(times.runAt().plus(Duration.ofSeconds(60)));
    }

    @Test
    void everyAcceptedTaskIsAnnouncedAndJournaledInTheSameTransaction() {
        List<NewTask> journal = new ArrayList<>();
        var journaling = new JdbcSubmissions(store.database(), store.transaction(), tasks -> {
            journal.addAll(tasks);
            throw new IllegalStateException("the journal is full");
        });
        NewTask task = store.task(workspace).build();

        assertThatThrownBy(() -> journaling.submit(List.of(task))).hasMessage("the journal is full");
        assertThat(journal).containsExactly(task);
        assertThat(store.count("task_live")).isZero();
        assertThat(store.count("outbox_events")).isZero();

        submissions.submit(List.of(task));
        assertThat(store.count(
                        "outbox_events where type = 'io.bascule.task.accepted' and subject = '" + task.id() + "'"))
                .isOne();
    }

    @Test
    void oneLiveTaskStandsForAllWithItsDedupeWord() {
        NewTask first = store.task(workspace).dedupe("report").build();
        NewTask second = store.task(workspace).dedupe("report").build();
        NewTask elsewhere =
                store.task(store.workspace("other")).dedupe("report").build();

        assertThat(submissions.submit(List.of(first, second, elsewhere)))
                .satisfiesExactly(
                        one -> assertThat(one).isInstanceOf(Accepted.class),
                        two -> assertThat(two).isEqualTo(new Duplicate(first.id())),
                        three -> assertThat(three).isInstanceOf(Accepted.class));
        assertThat(submissions.submit(
                        List.of(store.task(workspace).dedupe("report").build())))
                .containsExactly(new Duplicate(first.id()));
    }

    @Test
    void aRepeatedRequestIsNotAcceptedTwice() {
        NewTask first = store.task(workspace).idempotency("key-1", "aa").build();
        submissions.submit(List.of(first));

        assertThat(submissions.submit(
                        List.of(store.task(workspace).idempotency("key-1", "aa").build())))
                .containsExactly(new Repeated(first.id()));
        assertThat(submissions.submit(
                        List.of(store.task(workspace).idempotency("key-1", "bb").build())))
                .containsExactly(new KeyTaken());
        assertThat(store.count("task_live")).isOne();
    }

    @Test
    void aKeyIsForgottenAfterADay() {
        submissions.submit(
                List.of(store.task(workspace).idempotency("key-1", "aa").build()));
        store.database()
                .sql("update idempotency_keys set created_at = now() - interval '25 hours'")
                .update();

        assertThat(submissions.submit(
                        List.of(store.task(workspace).idempotency("key-1", "bb").build())))
                .singleElement()
                .isInstanceOf(Accepted.class);
    }

    @Test
    void theKeyOfADuplicateStandsForTheTaskItFound() {
        NewTask first = store.task(workspace).dedupe("report").build();
        submissions.submit(List.of(first));
        NewTask second =
                store.task(workspace).dedupe("report").idempotency("k", "aa").build();

        assertThat(submissions.submit(List.of(second))).containsExactly(new Duplicate(first.id()));
        assertThat(submissions.submit(List.of(store.task(workspace)
                        .dedupe("report")
                        .idempotency("k", "aa")
                        .build())))
                .containsExactly(new Repeated(first.id()));
    }
}
