package io.bascule.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.testsupport.TaskLedger.Ended;
import io.bascule.testsupport.TaskLedger.Event;
import io.bascule.testsupport.TaskLedger.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskLedgerTests {

    private static final UUID ACME = UUID.randomUUID();

    private final Set<UUID> accepted = new HashSet<>();
    private final List<Ended> ended = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    @Test
    void aTaskThatRunsLosesItsWorkerAndRunsAgainKeepsEveryPromise() {
        UUID task = ended("", null, 2);
        tell(task, Kind.ACCEPTED, 0);
        tell(task, Kind.STARTED, 1);
        tell(task, Kind.POSTPONED, 1);
        tell(task, Kind.STARTED, 2);
        tell(task, Kind.FINISHED, 2);
        UUID cancelled = ended("", null, 0);
        tell(cancelled, Kind.ACCEPTED, 0);
        tell(cancelled, Kind.FINISHED, 0);

        assertThat(violations()).isEmpty();
    }

    @Test
    void aTaskThatIsLostOrInventedOrEndsTwiceIsFound() {
        UUID lost = UUID.randomUUID();
        accepted.add(lost);
        UUID twice = ran("q", null);
        ended.add(ended.getLast());
        UUID invented = ran("q", null);
        accepted.remove(invented);

        assertThat(violations())
                .containsExactlyInAnyOrder(
                        lost + " was accepted and has not ended",
                        twice + " ended twice",
                        invented + " ended and was not accepted");
    }

    @Test
    void anAttemptThatBeginsBesideAnotherIsFound() {
        UUID task = ended("", null, 2);
        tell(task, Kind.ACCEPTED, 0);
        tell(task, Kind.STARTED, 1);
        tell(task, Kind.STARTED, 2);
        tell(task, Kind.FINISHED, 2);

        assertThat(violations()).containsExactly(task + ": STARTED of attempt 2 after STARTED of attempt 1");
    }

    @Test
    void aStaleAttemptThatSettlesIsFound() {
        UUID task = ended("", null, 2);
        tell(task, Kind.ACCEPTED, 0);
        tell(task, Kind.STARTED, 1);
        tell(task, Kind.POSTPONED, 1);
        tell(task, Kind.STARTED, 2);
        tell(task, Kind.FINISHED, 1);

        assertThat(violations()).isNotEmpty();
    }

    @Test
    void oneMoreThanAQueueOrAKeyAllowsIsFound() {
        List<UUID> tasks = List.of(ended("q", "a", 1), ended("q", "a", 1), ended("q", "b", 1));
        for (Kind kind : List.of(Kind.ACCEPTED, Kind.STARTED, Kind.FINISHED)) {
            tasks.forEach(task -> tell(task, kind, kind == Kind.ACCEPTED ? 0 : 1));
        }

        assertThat(violations())
                .containsExactly("2 tasks ran in key a of q, which allows 1", "3 tasks ran in queue q, which allows 2");
    }

    @Test
    void anEventThatAnotherWorkspaceSeesIsFound() {
        UUID task = ran("", null);
        events.set(0, new Event(task, UUID.randomUUID(), Kind.ACCEPTED, 0));

        assertThat(violations()).singleElement().asString().contains("went to workspace");
    }

    private List<String> violations() {
        return new TaskLedger(accepted, ended, events).violations(Map.of("q", 2), 1);
    }

    private UUID ran(String queue, @Nullable String key) {
        UUID task = ended(queue, key, 1);
        tell(task, Kind.ACCEPTED, 0);
        tell(task, Kind.STARTED, 1);
        tell(task, Kind.FINISHED, 1);
        return task;
    }

    private UUID ended(String queue, @Nullable String key, int attempt) {
        UUID task = UUID.randomUUID();
        accepted.add(task);
        ended.add(new Ended(task, ACME, queue, key, "succeeded", attempt, 0));
        return task;
    }

    private void tell(UUID task, Kind kind, int attempt) {
        events.add(new Event(task, ACME, kind, attempt));
    }
}
