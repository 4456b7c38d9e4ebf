package io.bascule.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.events.Watcher.Signal;
import io.bascule.events.CloudEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventFeedTests {

    private static final UUID OURS = new UUID(0, 1);
    private static final UUID THEIRS = new UUID(0, 2);

    private final EventFeed feed = new EventFeed();

    @Test
    void aWatcherSeesItsWorkspaceAndNoOther() throws Exception {
        Watcher watcher = feed.watch(OURS, Optional.empty());
        feed.publish(event("1", OURS));
        feed.publish(event("2", THEIRS));
        feed.publish(event("3", OURS));

        assertThat(drained(watcher)).containsExactly("1", "3");
    }

    @Test
    void whoComesBackGetsWhatCameSince() throws Exception {
        feed.publish(event("1", OURS));
        feed.publish(event("2", THEIRS));
        feed.publish(event("3", OURS));

        assertThat(drained(feed.watch(OURS, Optional.of("1")))).containsExactly("3");
        assertThat(drained(feed.watch(OURS, Optional.of("3")))).isEmpty();
    }

    @Test
    void whoWasAwayTooLongIsToldSo() throws Exception {
        feed.publish(event("1", OURS));

        assertThat(drained(feed.watch(OURS, Optional.of("forgotten")))).containsExactly("after 1", "missed");
    }

    @Test
    void whoComesForTheFirstTimeLearnsWhereTheStreamBegins() throws Exception {
        feed.publish(event("1", OURS));
        feed.publish(event("2", OURS));
        feed.publish(event("3", THEIRS));
        Watcher watcher = feed.watch(OURS, Optional.empty());
        feed.publish(event("4", OURS));

        assertThat(drained(watcher)).containsExactly("after 2", "4");
    }

    @Test
    void anEventThatIsDeliveredTwiceIsSeenOnce() throws Exception {
        Watcher watcher = feed.watch(OURS, Optional.empty());
        feed.publish(event("1", OURS));
        feed.publish(event("1", OURS));

        assertThat(drained(watcher)).containsExactly("1");
    }

    @Test
    void aWatcherThatIsTooSlowMissesEventsAndDelaysNobody() throws Exception {
        Watcher slow = feed.watch(OURS, Optional.empty());
        for (int number = 0; number < 600; number++) {
            feed.publish(event("e" + number, OURS));
        }

        List<String> seen = drained(slow);
        assertThat(seen).first().isEqualTo("missed");
        assertThat(seen).last().isEqualTo("e599");
        assertThat(seen).hasSizeLessThan(512);
    }

    @Test
    void whoLeftSeesNothingMore() throws Exception {
        Watcher watcher = feed.watch(OURS, Optional.empty());
        feed.leave(watcher);
        feed.publish(event("1", OURS));

        assertThat(drained(watcher)).isEmpty();
    }

    private static List<String> drained(Watcher watcher) throws InterruptedException {
        List<String> seen = new ArrayList<>();
        while (true) {
            switch (watcher.next(Duration.ZERO)) {
                case Signal.Begins(var after) -> seen.add("after " + after);
                case Signal.Happened(var event) -> seen.add(event.id());
                case Signal.Missed() -> seen.add("missed");
                case Signal.Quiet() -> {
                    return seen;
                }
            }
        }
    }

    private static CloudEvent event(String id, UUID workspace) {
        return new CloudEvent(id, "io.bascule.task.finished", "task", Instant.EPOCH, workspace, "{}");
    }
}
