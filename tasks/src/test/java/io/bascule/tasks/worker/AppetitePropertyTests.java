package io.bascule.tasks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.RetryPolicy;
import io.bascule.tasks.Standing;
import io.bascule.tasks.Submitter;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.store.Claimed;
import io.bascule.tasks.store.Tour;
import io.bascule.tasks.worker.Appetite.Bite;
import io.bascule.tasks.worker.Appetite.Nibble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A worker, its database and its hints, one step after the other in any order. No hint is lost and no poll comes. */
class AppetitePropertyTests {

    private static final int SLOTS = 4;
    private static final int SHARE = 3;
    private static final List<UUID> WORKSPACES =
            IntStream.range(0, 3).mapToObj(number -> new UUID(1, number)).toList();

    private final Map<UUID, Integer> waiting = new HashMap<>();
    private final Map<UUID, Integer> running = new HashMap<>();
    private final Deque<Runnable> underWay = new ArrayDeque<>();
    private final Appetite appetite = new Appetite(
            new WorkerSettings(
                    "w",
                    Lane.INSTANT,
                    SLOTS,
                    SHARE,
                    Duration.ofSeconds(1),
                    WorkerSettings.LEASE,
                    WorkerSettings.BEAT,
                    Duration.ZERO),
            () -> Map.copyOf(running),
            () -> 0);

    @Property(tries = 500)
    void whateverTheOrderEveryTaskRunsAndNoWorkspaceHasMoreThanItsShare(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int steps) {
        var random = new Random(seed);
        for (int step = 0; step < steps; step++) {
            step(random);
        }
        for (int rest = 0; rest < 10_000 && !isOver(); rest++) {
            rest(random.nextInt(3));
        }

        assertThat(waiting.values()).allMatch(number -> number == 0);
        assertThat(running.values()).allMatch(number -> number == 0);
    }

    private void step(Random random) {
        switch (random.nextInt(5)) {
            case 0 -> submit(WORKSPACES.get(random.nextInt(3)), 1 + random.nextInt(6), random.nextInt(4) > 0);
            case 1 -> look();
            default -> rest(random.nextInt(3));
        }
    }

    private void rest(int what) {
        if (what == 0) {
            look();
        } else if (what == 1 && !underWay.isEmpty()) {
            underWay.remove().run();
        } else {
            running.keySet().stream()
                    .filter(workspace -> running.getOrDefault(workspace, 0) > 0)
                    .findAny()
                    .ifPresent(this::end);
        }
    }

    private boolean isOver() {
        look();
        return underWay.isEmpty() && running.values().stream().allMatch(number -> number == 0);
    }

    private void submit(UUID workspace, int tasks, boolean named) {
        waiting.merge(workspace, tasks, Integer::sum);
        if (named) {
            appetite.hint(Set.of(workspace));
        } else {
            appetite.hint();
        }
    }

    /** What the database sees is what waits now; the answer comes later. */
    private void look() {
        Optional<Nibble> nibble = appetite.nibble();
        nibble.ifPresent(this::ask);
        if (nibble.isEmpty()) {
            appetite.bite().ifPresent(this::ask);
        }
    }

    private void ask(Nibble nibble) {
        List<ClaimedTask> tasks = new ArrayList<>();
        nibble.claim()
                .slots()
                .forEach((workspace, slots) -> tasks.addAll(
                        taken(workspace, Math.min(slots, nibble.claim().room() - tasks.size()))));
        boolean more = tasks.size() == nibble.claim().room()
                || nibble.claim().slots().entrySet().stream()
                        .anyMatch(slots -> of(tasks, slots.getKey()) == slots.getValue());
        underWay.add(() -> {
            tasks.forEach(task -> running.merge(task.workspace(), 1, Integer::sum));
            appetite.answered(nibble, new Claimed(tasks, nibble.claim().tour(), more, Map.of()));
            assertWithinBounds();
        });
    }

    private void ask(Bite bite) {
        List<ClaimedTask> tasks = new ArrayList<>();
        boolean filled = false;
        int part = Math.ceilDiv(bite.request().room(), WORKSPACES.size());
        for (UUID workspace : WORKSPACES) {
            int held = bite.request().busy().getOrDefault(workspace, 0);
            int slots = Math.min(part, bite.request().share() - held);
            List<ClaimedTask> some =
                    taken(workspace, Math.min(slots, bite.request().room() - tasks.size()));
            tasks.addAll(some);
            filled |= some.size() >= part;
        }
        boolean more = filled || tasks.size() == bite.request().room();
        underWay.add(() -> {
            tasks.forEach(task -> running.merge(task.workspace(), 1, Integer::sum));
            appetite.answered(bite, new Claimed(tasks, Tour.behind(WORKSPACES.getFirst()), more, Map.of()));
            assertWithinBounds();
        });
    }

    private void end(UUID workspace) {
        running.merge(workspace, -1, Integer::sum);
        appetite.ending(Duration.ofMillis(5));
        appetite.biteWithSettlements().ifPresent(this::ask);
    }

    private void assertWithinBounds() {
        assertThat(running.values()).allMatch(number -> number <= SHARE);
        assertThat(running.values().stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(SLOTS);
    }

    private List<ClaimedTask> taken(UUID workspace, int most) {
        int number = Math.clamp(most, 0, waiting.getOrDefault(workspace, 0));
        waiting.merge(workspace, -number, Integer::sum);
        return IntStream.range(0, number).mapToObj(_ -> task(workspace)).toList();
    }

    private static long of(List<ClaimedTask> tasks, UUID workspace) {
        return tasks.stream().filter(task -> task.workspace().equals(workspace)).count();
    }

    private static ClaimedTask task(UUID workspace) {
        return new ClaimedTask(
                UUID.randomUUID(),
                workspace,
                "",
                "echo",
                new Standing(TaskState.RUNNING, 1, 0, 0, RetryPolicy.NONE, null, false),
                "{}",
                Map.of(),
                new Submitter(workspace, "somebody"),
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null);
    }
}
