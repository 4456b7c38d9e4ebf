package io.bascule.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.TaskDecision.AskToStop;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskDecision.Ignore;
import io.bascule.tasks.TaskDecision.Postpone;
import io.bascule.tasks.TaskDecision.Run;
import io.bascule.tasks.TaskTransitions.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TaskTransitionsPropertyTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final TaskError ERROR = new TaskError("boom", "It broke");

    @Property
    void everyMoveIsInTheTable(@ForAll("standings") Standing task, @ForAll("commands") TaskCommand command) {
        TaskDecision decision = new TaskLifecycle(new Random(1)).decide(task, command, NOON);

        target(decision)
                .ifPresent(to -> assertThat(TaskTransitions.allow(task.state(), command.event(), to))
                        .as("%s: %s to %s", command, task.state(), to)
                        .isTrue());
    }

    @Property
    void anEndedTaskMovesOnlyByRetryingAFailedOne(
            @ForAll("standings") Standing task, @ForAll("commands") TaskCommand command) {
        TaskDecision decision = new TaskLifecycle(new Random(1)).decide(task, command, NOON);

        if (task.state().isFinal() && !(command instanceof TaskCommand.Retry)) {
            assertThat(decision).isInstanceOf(Ignore.class);
        }
    }

    /** Accepting happens in the insert; every other arrow of the diagram is taken by some decision. */
    @Test
    void everyArrowIsTaken() {
        Set<Transition> taken = new HashSet<>();
        var lifecycle = new TaskLifecycle(new Random(1));
        standings()
                .allValues()
                .orElseThrow()
                .forEach(task -> allCommands(task.attempt())
                        .forEach(command -> target(lifecycle.decide(task, command, NOON))
                                .ifPresent(to -> taken.add(new Transition(task.state(), command.event(), to)))));

        assertThat(taken)
                .containsExactlyInAnyOrderElementsOf(TaskTransitions.ALL.stream()
                        .filter(way -> way.event() != TaskEvent.ACCEPT)
                        .toList());
    }

    private static Optional<TaskState> target(TaskDecision decision) {
        return switch (decision) {
            case Run _ -> Optional.of(TaskState.RUNNING);
            case Postpone later -> Optional.of(later.state());
            case Finish end -> Optional.of(end.state());
            case AskToStop _, Ignore _ -> Optional.empty();
        };
    }

    @Provide
    Arbitrary<Standing> standings() {
        return Combinators.combine(
                        Arbitraries.of(TaskState.values()),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, TaskLifecycle.MOST_LOSSES),
                        Arbitraries.of(NOON.minusSeconds(1), NOON.plusSeconds(3600))
                                .injectNull(0.3),
                        Arbitraries.of(true, false))
                .as((state, attempt, failures, losses, deadline, cancelled) -> new Standing(
                        state,
                        attempt,
                        failures,
                        losses,
                        new RetryPolicy(3, Duration.ofSeconds(1)),
                        deadline,
                        cancelled));
    }

    @Provide
    Arbitrary<TaskCommand> commands() {
        return Arbitraries.integers().between(1, 3).flatMap(attempt -> Arbitraries.of(allCommands(attempt)));
    }

    private static List<TaskCommand> allCommands(int attempt) {
        return List.of(
                new TaskCommand.BecomeDue(),
                new TaskCommand.Claim(),
                new TaskCommand.Succeed(attempt),
                new TaskCommand.Fail(attempt, ERROR, true),
                new TaskCommand.Fail(attempt, ERROR, false),
                new TaskCommand.HandBack(attempt),
                new TaskCommand.Lose(attempt, true),
                new TaskCommand.Lose(attempt, false),
                new TaskCommand.Cancel(),
                new TaskCommand.Stopped(attempt),
                new TaskCommand.Expire(),
                new TaskCommand.Retry());
    }
}
