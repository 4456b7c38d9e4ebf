package io.bascule.tasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.Task;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcTasksTests {

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void pagesRunNewestFirstOverLiveAndEndedTasks() {
        List<UUID> ids = store.submit(25, acme);
        store.submit(5, store.workspace("other"));
        store.claim(Lane.INSTANT, "w", 10).tasks().forEach(this::succeed);
        List<UUID> seen = new ArrayList<>();
        UUID before = null;
        List<Task> page;
        do {
            page = store.tasks().list(new TaskFilter(acme, null, null, null, before), 7);
            page.forEach(task -> seen.add(task.id()));
            before = page.isEmpty() ? null : page.getLast().id();
        } while (page.size() == 7);

        assertThat(seen).containsExactlyElementsOf(ids.reversed());
    }

    @Test
    void filtersLookAtStateTypeAndQueue() {
        store.queue(acme, "q", 1);
        store.submit(3, acme);
        store.claim(Lane.INSTANT, "w", 1).tasks().forEach(this::succeed);
        store.submit(store.task(acme).inQueue("q").type("http.request").build());

        assertThat(list(TaskState.SUCCEEDED, null, null)).hasSize(1);
        assertThat(list(TaskState.WAITING, null, null)).hasSize(3);
        assertThat(list(null, "http.request", null)).hasSize(1);
        assertThat(list(null, null, "q")).hasSize(1);
        assertThat(list(TaskState.SUCCEEDED, null, "q")).isEmpty();
    }

    @Test
    void historyIsKeptInThePartitionOfTheIdsMonth() {
        store.submit(1, acme);
        store.claim(Lane.INSTANT, "w", 1).tasks().forEach(this::succeed);

        assertThat(store.count("task_history")).isOne();
        assertThat(store.count("task_history_default")).isZero();
        assertThat(store.count("event_outbox_default")).isZero();
    }

    @Test
    void waitingIsCountedNoFurtherThanAsked() {
        store.submit(12, acme);

        assertThat(store.tasks().waiting(acme, 100)).isEqualTo(12);
        assertThat(store.tasks().waiting(acme, 5)).isEqualTo(5);
    }

    @Test
    void inBriefThereIsTheBeginningOfAnInputAndNoResult() {
        String begins = "{\"text\": \"é";
        store.submit(store.task(acme).input(begins + distinct(2_000) + "\"}").build());
        store.submit(store.task(acme).input("{\"text\": \"short\"}").build());
        store.claim(Lane.INSTANT, "w", 2).tasks().forEach(this::succeed);

        List<Task> tasks = store.tasks().listBriefly(new TaskFilter(acme, null, null, null, null), 50);

        assertThat(tasks).extracting(Task::result).containsOnlyNulls();
        assertThat(tasks.getFirst().input()).isEqualTo("{\"text\": \"short\"}");
        assertThat(tasks.getLast().input())
                .startsWith("\"{\\\"text\\\": \\\"é0 1 2 ")
                .hasSizeLessThan(220);
    }

    private static String distinct(int words) {
        return IntStream.range(0, words).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }

    private List<Task> list(@Nullable TaskState state, @Nullable String type, @Nullable String queue) {
        List<Task> tasks = store.tasks().list(new TaskFilter(acme, state, type, queue, null), 50);
        assertThat(tasks)
                .isSortedAccordingTo(
                        Comparator.comparing((Task task) -> task.id().toString())
                                .reversed());
        return tasks;
    }

    private void succeed(ClaimedTask task) {
        store.settlements()
                .settle(List.of(new Settlement(
                        task.id(), task.attempt(), new Finish(TaskState.SUCCEEDED, 0, 0, null), "true")));
    }
}
