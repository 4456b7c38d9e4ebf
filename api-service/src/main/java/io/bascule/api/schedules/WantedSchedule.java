package io.bascule.api.schedules;

import io.bascule.api.naming.Names;
import io.bascule.api.tasks.TemplateRequest;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import io.bascule.tasks.schedule.MissedRuns;
import io.bascule.tasks.schedule.TaskTemplate;
import io.bascule.tasks.schedule.Timetable;
import io.bascule.tasks.schedule.When;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as it is sent; any part may be missing or wrong.
 *
 * @param jitterSeconds the longest a run is put off; none by default
 * @param missedRuns {@code skip} (by default), {@code once} or {@code all}
 * @param task what is submitted
 * @param paused not, by default; a change that leaves it out leaves it as it is
 */
record WantedSchedule(
        @Nullable @Schema(requiredMode = RequiredMode.REQUIRED)
        String name,

        @Nullable @Schema(requiredMode = RequiredMode.REQUIRED)
        WantedTimes when,

        @Nullable Integer jitterSeconds,

        @Nullable @Schema(allowableValues = {"skip", "once", "all"})
        String missedRuns,

        @NotNull @Valid TemplateRequest task,
        @Nullable Boolean paused) {

    /** What is left when nothing is wrong. */
    record Checked(String name, When when, Duration jitter, MissedRuns missedRuns) {}

    /** Names all that is wrong at once, but for the task. */
    Checked check() {
        List<FieldProblem> problems = new ArrayList<>();
        Names.problem("/name", name).ifPresent(problems::add);
        Optional<When> times = (when == null ? new WantedTimes(null, null, null) : when).check(problems);
        int jitter = jitterSeconds == null ? 0 : jitterSeconds;
        if (jitter < 0 || jitter > Timetable.LONGEST_JITTER.toSeconds()) {
            problems.add(new FieldProblem(
                    "/jitterSeconds",
                    "%d (expected: 0 to %d)".formatted(jitter, Timetable.LONGEST_JITTER.toSeconds())));
        }
        String policy = missedRuns == null ? MissedRuns.SKIP.word() : missedRuns;
        Optional<MissedRuns> missed = Arrays.stream(MissedRuns.values())
                .filter(known -> known.word().equals(policy))
                .findFirst();
        if (missed.isEmpty()) {
            problems.add(
                    new FieldProblem("/missedRuns", "%s (expected: skip, once or all)".formatted(Names.shown(policy))));
        }
        if (task.labels() != null && task.labels().containsKey(TaskTemplate.LABEL)) {
            problems.add(new FieldProblem(
                    "/task/labels/" + TaskTemplate.LABEL, "leave it out: it says which schedule a task is from"));
        }
        if (name == null || times.isEmpty() || missed.isEmpty() || !problems.isEmpty()) {
            throw invalid(problems);
        }
        return new Checked(name, times.get(), Duration.ofSeconds(jitter), missed.get());
    }

    /** An expression such as that of 30 February. */
    static ProblemException never() {
        return invalid(List.of(new FieldProblem("/when/cron", "there is no such day; choose one that comes")));
    }

    private static ProblemException invalid(List<FieldProblem> problems) {
        FieldProblem first = problems.getFirst();
        return new ProblemException(CommonProblem.INVALID_INPUT, first.pointer() + ": " + first.detail(), problems);
    }
}
