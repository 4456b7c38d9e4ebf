package io.bascule.tasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.TaskStore;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Full, idle, paused and open queues in any order, in more workspaces than one claim looks at. */
class CrowdedQueuesPropertyTests {

    private enum Kind {
        FULL,
        IDLE,
        PAUSED,
        OPEN
    }

    @Property(tries = 6)
    void aWorkerGoesOnUntilItHasAllThatTheLimitsAllow(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 20) int workspaces,
            @ForAll @IntRange(min = 1, max = 80) int most,
            @ForAll @IntRange(min = 1, max = 20) int room) {
        var random = new Random(seed);
        try (var store = new TaskStore()) {
            var queues = new CrowdedQueues(store);
            for (int workspace = 0; workspace < workspaces; workspace++) {
                fill(queues, store.workspace("w" + workspace), 1 + random.nextInt(most), random);
            }
            store.database()
                    .sql("update queues set paused_at = now() where name like '%-paused'")
                    .update();
            store.database()
                    .sql("update queues set concurrency_limit = 1 + (hashtext(name) & 1) where not busy")
                    .update();
            int allowed = store.count("""
                    task_live t join queues q on q.workspace_id = t.workspace_id and q.name = t.queue
                    where q.vacancy is not null and (
                        select count(*) from task_live before
                        where before.workspace_id = t.workspace_id and before.queue = t.queue and before.id < t.id)
                        < q.concurrency_limit - q.running""");

            List<ClaimedTask> tasks = queues.claimAll(room, allowed + 500);

            assertThat(tasks).hasSize(allowed).doesNotHaveDuplicates();
            assertThat(store.count("queues where running > concurrency_limit")).isZero();
            assertThat(queues.claimAll(room, 100)).isEmpty();
        }
    }

    /**
     * A worker with one place, beside queues that never run dry. Within a window the oldest head is served, and what has been served
     * has a younger one afterwards, so a queue waits for as many claims as there are queues, and for those that find nothing.
     */
    @Property(tries = 6)
    void noQueueWithRoomAndTasksStarves(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 120) int open,
            @ForAll @IntRange(min = 0, max = 300) int idle,
            @ForAll @IntRange(min = 0, max = 100) int full) {
        var random = new Random(seed);
        try (var store = new TaskStore()) {
            UUID acme = store.workspace("acme");
            var queues = new CrowdedQueues(store);
            List<String> busy = names(open, random);
            queues.add(acme, busy, 12, 0);
            queues.add(acme, names(idle, random), 0, 0);
            queues.add(acme, names(full, random), 2, 1);
            Map<String, Integer> lastServed = new HashMap<>();
            int bound = 2 * open + 2 * QueuedClaimSql.WINDOW;

            for (int served = 1; served <= Math.min(10 * open, 3 * bound); served++) {
                List<ClaimedTask> tasks = queues.claimUntilFound(1);
                assertThat(tasks).hasSize(1);
                String queue = tasks.getFirst().queue();
                queues.settle(tasks);
                lastServed.put(queue, served);
                for (String name : busy) {
                    assertThat(served - lastServed.getOrDefault(name, 0))
                            .as(name)
                            .isLessThanOrEqualTo(bound);
                }
            }
        }
    }

    private static List<String> names(int number, Random random) {
        return IntStream.range(0, number)
                .mapToObj(index -> "q%08x-%d".formatted(random.nextInt(), index))
                .toList();
    }

    private static void fill(CrowdedQueues queues, UUID workspace, int number, Random random) {
        Map<Kind, List<String>> names = IntStream.range(0, number)
                .mapToObj(_ -> Kind.values()[random.nextInt(Kind.values().length)])
                .collect(Collectors.groupingBy(
                        kind -> kind,
                        Collectors.mapping(
                                kind -> "q%08x-%s"
                                        .formatted(random.nextInt(), kind.name().toLowerCase(Locale.ROOT)),
                                Collectors.toList())));
        names.forEach((kind, all) -> {
            switch (kind) {
                case FULL -> queues.add(workspace, all, 1, 1);
                case IDLE -> queues.add(workspace, all, 0, 0);
                case PAUSED, OPEN -> queues.add(workspace, all, 1 + random.nextInt(3), 0);
            }
        });
    }
}
