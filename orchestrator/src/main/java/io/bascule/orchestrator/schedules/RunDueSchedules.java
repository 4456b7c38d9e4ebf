package io.bascule.orchestrator.schedules;

import io.bascule.tasks.NewTask;
import io.bascule.tasks.TaskIds;
import io.bascule.tasks.schedule.DueRuns;
import io.bascule.tasks.schedule.Occurrence;
import io.bascule.tasks.schedule.Schedule;
import io.bascule.tasks.store.JdbcDueSchedules;
import io.bascule.tasks.store.JdbcDueSchedules.Due;
import io.bascule.tasks.store.JdbcDueSchedules.Fired;
import io.bascule.tasks.store.JdbcDueSchedules.Passed;
import io.bascule.tasks.store.JdbcSubmissions;
import io.bascule.tasks.store.Submission;
import io.bascule.tasks.store.Submission.Accepted;
import io.bascule.tasks.store.Submission.Duplicate;
import io.bascule.tasks.store.Submission.KeyTaken;
import io.bascule.tasks.store.Submission.NoQueue;
import io.bascule.tasks.store.Submission.Repeated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the schedules that are due: submits their tasks and moves them on. Called in the transaction that makes both
 * happen or neither.
 */
final class RunDueSchedules {

    /** Characters of input in one statement, so that catching up on large ones does not fill the memory. */
    private static final int MOST_INPUT = 8 << 20;

    private final JdbcDueSchedules schedules;
    private final JdbcSubmissions submissions;
    private final Supplier<AdmitRuns> admissions;
    private final TaskIds ids;

    RunDueSchedules(
            JdbcDueSchedules schedules, JdbcSubmissions submissions, Supplier<AdmitRuns> admissions, TaskIds ids) {
        this.schedules = schedules;
        this.submissions = submissions;
        this.admissions = admissions;
        this.ids = ids;
    }

    /**
     * What one pass did.
     *
     * @param schedules how many schedules it moved on
     * @param tasks what it submitted
     */
    record Pass(int schedules, List<NewTask> tasks) {}

    /** @param only this schedule, if it is due; null for any */
    Pass run(int most, @Nullable UUID only) {
        AdmitRuns admission = admissions.get();
        List<Decided> decided = schedules.lock(most, only).stream()
                .map(due -> decide(due, admission))
                .toList();
        List<Fired> planned =
                decided.stream().flatMap(one -> one.runs().stream()).toList();
        Map<UUID, Submission> outcomes =
                submit(planned.stream().map(Fired::task).toList());
        List<Fired> fired = planned.stream()
                .filter(run -> outcomes.get(run.task().id()) instanceof Accepted)
                .toList();
        schedules.tell(fired);
        schedules.advance(decided.stream().map(one -> one.passed(outcomes)).toList());
        return new Pass(decided.size(), fired.stream().map(Fired::task).toList());
    }

    private Decided decide(Due due, AdmitRuns admission) {
        Schedule schedule = due.schedule();
        Instant oldest = Objects.requireNonNull(schedule.standing().next()).at();
        DueRuns runs = schedule.timetable().due(oldest, due.now());
        Optional<String> refusal = admission.refusal(schedule, runs.runs().size());
        List<Fired> planned = refusal.isPresent()
                ? List.of()
                : runs.runs().stream()
                        .map(run -> new Fired(schedule, run, schedule.taskOf(run, ids.next())))
                        .toList();
        return new Decided(schedule, planned, runs.next(), refusal.orElse(null));
    }

    private Map<UUID, Submission> submit(List<NewTask> tasks) {
        Map<UUID, Submission> outcomes = new HashMap<>();
        for (List<NewTask> chunk : chunks(tasks)) {
            Iterator<Submission> answers = submissions.submit(chunk).iterator();
            chunk.forEach(task -> outcomes.put(task.id(), answers.next()));
        }
        return outcomes;
    }

    private static List<List<NewTask>> chunks(List<NewTask> tasks) {
        List<List<NewTask>> chunks = new ArrayList<>();
        long input = MOST_INPUT;
        for (NewTask task : tasks) {
            input += task.input().length();
            if (input > MOST_INPUT) {
                chunks.add(new ArrayList<>());
                input = task.input().length();
            }
            chunks.getLast().add(task);
        }
        return chunks;
    }

    /**
     * What is to become of a schedule.
     *
     * @param runs what it submits now
     * @param refusal why it submits nothing, if it should have
     */
    private record Decided(
            Schedule schedule,
            List<Fired> runs,
            @Nullable Occurrence next,
            @Nullable String refusal) {

        Passed passed(Map<UUID, Submission> outcomes) {
            if (runs.isEmpty()) {
                return new Passed(schedule, next, null, refusal);
            }
            return switch (Objects.requireNonNull(
                    outcomes.get(runs.getLast().task().id()))) {
                case Accepted accepted -> ran(accepted.task().id());
                case Duplicate(UUID existing) -> ran(existing);
                case Repeated(UUID existing) -> ran(existing);
                case NoQueue(String queue) ->
                    new Passed(
                            schedule,
                            next,
                            null,
                            "There is no queue %s any more; create it, or change the schedule's task".formatted(queue));
                case KeyTaken _ -> throw new IllegalStateException("a schedule's task has no idempotency key");
            };
        }

        private Passed ran(UUID task) {
            return new Passed(schedule, next, task, null);
        }
    }
}
