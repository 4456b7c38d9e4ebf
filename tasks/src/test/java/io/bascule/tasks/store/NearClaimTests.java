package io.bascule.tasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a worker with one place takes when it looks at the next workspace alone. */
@Timeout(60)
class NearClaimTests {

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");
    private final CrowdedQueues queues = new CrowdedQueues(store);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theMostUrgentTaskOfTheQueuesWithRoomComesFirst() {
        queues.add(acme, List.of("a", "b", "c"), 1, 0);
        queues.add(acme, List.of("full"), 0, 1);
        queues.wait(acme, List.of("full"), 1, 9);
        queues.wait(acme, List.of("b"), 1, 5);

        assertThat(claim(near()).tasks()).singleElement().satisfies(task -> {
            assertThat(task.queue()).isEqualTo("b");
            assertThat(task.standing().attempt()).isOne();
        });
        assertThat(store.count("queues where name = 'b' and running = 1")).isOne();
    }

    @Test
    void theWalkGoesRoundSoThatTheQueuesBeforeItsStartComeLast() {
        List<String> names =
                IntStream.range(0, 50).mapToObj("q-%02d"::formatted).toList();
        queues.add(acme, names, 1, 0);

        Claimed claimed = claim(
                new Tour(ClaimRequest.FROM_THE_START.after(), new TreeMap<>(Map.of(acme, "q-39")), null, false, 0));

        assertThat(claimed.tour().passed()).isEqualTo(Map.of(acme, "q-21"));
        assertThat(claimed.tasks())
                .extracting(ClaimedTask::queue)
                .first()
                .satisfies(queue -> assertThat(names.subList(40, 50).contains(queue)
                                || names.subList(0, 22).contains(queue))
                        .isTrue());
    }

    @Test
    void aWorkspaceOfWhichAllWasSeenIsNotRemembered() {
        queues.add(acme, List.of("a", "b", "c"), 2, 0);

        assertThat(claim(near()).tour().passed()).isEmpty();
    }

    @Test
    void amongHundredsOfIdleQueuesFewClaimsAreInVain() {
        List<String> names =
                IntStream.range(0, 200).mapToObj("q-%03d"::formatted).toList();
        queues.add(acme, names, 0, 0);
        queues.wait(acme, List.of("q-050"), 120, 0);

        Tour tour = near();
        int claims = 0;
        for (int found = 0; found < 120; claims++) {
            Claimed claimed = claim(tour);
            tour = claimed.tour();
            found += claimed.tasks().size();
            queues.settle(claimed.tasks());
        }
        assertThat(claims).isLessThan(120 * 11 / 10 + 4);
    }

    @Test
    void whatNothingWaitsForEndsTheSearchAtOnce() {
        queues.add(acme, List.of("idle"), 0, 0);

        Claimed claimed = claim(near());

        assertThat(claimed.tasks()).isEmpty();
        assertThat(claimed.more()).isFalse();
    }

    @Test
    void whereTheNextWorkspaceHasNoRoomTheOthersAreLookedAt() {
        queues.add(acme, List.of("full"), 1, 1);
        queues.add(store.workspace("other"), List.of("open"), 1, 0);

        List<ClaimedTask> tasks = new ArrayList<>();
        Claimed claimed = claim(near());
        for (int claims = 1; claimed.more() && claims < 10; claims++) {
            tasks.addAll(claimed.tasks());
            claimed = claim(claimed.tour());
        }

        assertThat(tasks).extracting(ClaimedTask::queue).containsExactly("open");
    }

    @Test
    void workspacesTakeTurns() {
        List<UUID> workspaces = List.of(acme, store.workspace("b"), store.workspace("c"));
        workspaces.forEach(workspace -> {
            queues.add(workspace, List.of("q"), 20, 0);
            store.database().sql("update queues set concurrency_limit = 20").update();
        });

        List<UUID> served = new ArrayList<>();
        Tour tour = near();
        for (int claims = 0; claims < 9; claims++) {
            Claimed claimed = claim(tour);
            claimed.tasks().forEach(task -> served.add(task.workspace()));
            tour = claimed.tour();
        }

        assertThat(served.subList(0, 3)).containsExactlyInAnyOrderElementsOf(workspaces);
        assertThat(served.subList(3, 6)).isEqualTo(served.subList(0, 3));
        assertThat(served.subList(6, 9)).isEqualTo(served.subList(0, 3));
    }

    @Test
    void aQuotaIsKept() {
        queues.add(acme, List.of("a", "b", "c"), 1, 0);
        new JdbcQuotas(store.database()).set(acme, 2);

        assertThat(claim(near()).tasks()).hasSize(1);
        assertThat(claim(near()).tasks()).hasSize(1);
        assertThat(claim(near()).tasks()).isEmpty();
    }

    @Test
    void whatOthersHoldIsPassedOverAndThenWaitedFor() {
        queues.add(acme, List.of("held"), 1, 0);

        Claimed claimed = whileHeld("select 1 from queues where name = 'held' for no key update");
        assertThat(claimed.tasks()).isEmpty();
        assertThat(claimed.tour().patient()).isTrue();
        assertThat(claim(claimed.tour()).tasks()).hasSize(1);
    }

    @Test
    void aQuotaThatOthersHoldIsLeftToTheWholeWalk() {
        queues.add(acme, List.of("open"), 1, 0);
        new JdbcQuotas(store.database()).set(acme, 2);

        Claimed claimed = whileHeld("select 1 from workspace_quotas for no key update");
        assertThat(claimed.tasks()).isEmpty();
        assertThat(claimed.more()).isTrue();
        assertThat(claim(claimed.tour()).tasks()).hasSize(1);
    }

    @Test
    void anOverdueTaskDoesNotStandInTheWayOfTheNext() {
        queues.add(acme, List.of("q"), 2, 0);
        store.database()
                .sql(
                        "update task_live set deadline = now() - interval '1 s' where id = (select min(id::text)::uuid from task_live)")
                .update();

        assertThat(claim(near()).tasks()).hasSize(1);
    }

    private static Tour near() {
        return ClaimRequest.FROM_THE_START.idle();
    }

    private Claimed claim(Tour tour) {
        var request = new ClaimRequest(Lane.QUEUED, "w", TaskStore.LEASE, 1, 1, Map.of(), tour, Map.of());
        return store.claims().claim(request);
    }

    /** Another thread has another connection. */
    private Claimed whileHeld(String row) {
        return store.transaction().execute(_ -> {
            assertThat(store.database().sql(row).query(Integer.class).list()).hasSize(1);
            return CompletableFuture.supplyAsync(() -> claim(near()), Thread::startVirtualThread)
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        });
    }
}
