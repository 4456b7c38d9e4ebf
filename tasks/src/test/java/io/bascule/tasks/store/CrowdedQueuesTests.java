package io.bascule.tasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.TaskStore;
import io.bascule.testsupport.Await;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CrowdedQueuesTests {

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");
    private final CrowdedQueues queues = new CrowdedQueues(store);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void oneClaimFindsTheQueueThatHasRoomBehindThousandsThatHaveNone() {
        queues.add(acme, names("full", 2_000), 1, 1);
        queues.add(acme, names("idle", 2_000), 0, 0);
        queues.add(acme, List.of("open"), 1, 0);

        assertThat(queues.claim(1)).extracting(ClaimedTask::queue).containsExactly("open");
    }

    @Test
    void fullQueuesAndIdleOnesByTurnsAreWalkedInSeveralClaimsAndThenNoMore() {
        List<String> names = names("q", 2_000);
        queues.add(acme, every(2, names, 0), 1, 1);
        queues.add(acme, every(2, names, 1), 0, 0);
        queues.add(acme, List.of("the-last"), 1, 0);

        assertThat(queues.claimAll(1, 30)).extracting(ClaimedTask::queue).containsExactly("the-last");
    }

    @Test
    void everyQueueIsServedHoweverManyHaveTasks() {
        int number = 3 * QueuedClaimSql.WINDOW + 7;
        queues.add(acme, names("q", number), 5, 0);
        Set<String> served = new HashSet<>();
        int claims = 0;
        while (served.size() < number) {
            List<ClaimedTask> tasks = queues.claim(1);
            tasks.forEach(task -> served.add(task.queue()));
            queues.settle(tasks);
            assertThat(++claims).isLessThanOrEqualTo(4 * QueuedClaimSql.WINDOW);
        }
    }

    @Test
    void theMostUrgentTaskOfAFewQueuesComesFirst() {
        List<String> names = names("q", QueuedClaimSql.WINDOW);
        queues.add(acme, names, 0, 0);
        IntStream.range(0, names.size())
                .forEach(index -> queues.wait(acme, List.of(names.get(index)), 1, index * 7 % 32));

        List<String> urgentFirst = IntStream.range(0, names.size())
                .boxed()
                .sorted((one, other) -> Integer.compare(other * 7 % 32, one * 7 % 32))
                .map(names::get)
                .toList();
        assertThat(IntStream.range(0, names.size())
                        .mapToObj(_ -> queues.claimUntilFound(1).getFirst().queue()))
                .isEqualTo(urgentFirst);
    }

    @Test
    void aWorkerThatFindsNothingInManyWorkspacesStopsAndFindsWhatComesLater() {
        for (int number = 0; number < 60; number++) {
            queues.add(store.workspace("tenant-" + number), List.of("full"), 1, 1);
        }
        assertThat(queues.claimAll(1, 15)).isEmpty();

        queues.add(acme, List.of("open"), 1, 0);
        assertThat(queues.claimAll(1, 15)).hasSize(1);
    }

    @Test
    void aQueueThatSomebodyHoldsIsPassedOverWhileAnotherHasTasks() {
        queues.add(acme, List.of("held", "open"), 1, 0);

        store.transaction().executeWithoutResult(_ -> {
            hold("held");
            CompletableFuture<List<ClaimedTask>> claim =
                    CompletableFuture.supplyAsync(() -> queues.claim(1), Thread::startVirtualThread);
            assertThat(claim.orTimeout(60, TimeUnit.SECONDS).join())
                    .extracting(ClaimedTask::queue)
                    .containsExactly("open");
        });
    }

    @Test
    void aClaimWaitsForTheOnlyQueueThatHasTasks() {
        queues.add(acme, List.of("held"), 1, 0);

        CompletableFuture<List<ClaimedTask>> claim = store.transaction().execute(_ -> {
            hold("held");
            CompletableFuture<List<ClaimedTask>> waiting =
                    CompletableFuture.supplyAsync(() -> queues.claimUntilFound(1), Thread::startVirtualThread);
            Await.until(
                    () -> store.count("pg_locks where not granted and transactionid = pg_current_xact_id()::xid") > 0);
            return waiting;
        });

        assertThat(claim.orTimeout(60, TimeUnit.SECONDS).join()).hasSize(1);
    }

    private void hold(String queue) {
        store.database()
                .sql("select 1 from queues where name = ? for no key update")
                .param(queue)
                .query(Integer.class)
                .single();
    }

    private static List<String> names(String word, int number) {
        return IntStream.range(0, number)
                .mapToObj(index -> "%s-%05d".formatted(word, index))
                .toList();
    }

    private static List<String> every(int distance, List<String> names, int from) {
        return IntStream.range(0, names.size())
                .filter(index -> index % distance == from)
                .mapToObj(names::get)
                .toList();
    }
}
