package io.bascule.tasks.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

class GroupCommitTests {

    private final List<List<Integer>> groups = new CopyOnWriteArrayList<>();
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch mayWrite = new CountDownLatch(1);

    @Test
    void whatComesWhileAGroupIsWrittenSharesTheNext() throws Exception {
        try (var commit = new GroupCommit<>("test", this::write, new GroupCommit.Bounds(1, 256, 1_000))) {
            CompletableFuture<String> first = commit.submit(0);
            assertThat(writing.await(5, TimeUnit.SECONDS)).isTrue();
            List<CompletableFuture<String>> rest =
                    IntStream.rangeClosed(1, 300).mapToObj(commit::submit).toList();

            assertThat(first).isNotDone();
            mayWrite.countDown();

            assertThat(first).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("wrote 0");
            assertThat(rest.getLast()).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("wrote 300");
            assertThat(groups).extracting(List::size).containsExactly(1, 256, 44);
        }
    }

    @Test
    void aGroupThatIsNotReadyWaitsForMore() {
        mayWrite.countDown();
        var bounds = new GroupCommit.Bounds(2, 256, 1_000, Duration.ofMinutes(10));
        try (var commit = new GroupCommit<>("test", this::write, bounds, (waiting, _) -> waiting >= 2)) {
            CompletableFuture<String> first = commit.submit(0);
            CompletableFuture<String> second = commit.submit(1);

            assertThat(first).succeedsWithin(Duration.ofSeconds(60));
            assertThat(second).succeedsWithin(Duration.ofSeconds(60));
            assertThat(groups).containsExactly(List.of(0, 1));
        }
    }

    /** Such as for want of memory. */
    @Test
    void anErrorIsNoReasonToWriteNoMore() {
        mayWrite.countDown();
        var failed = new AtomicBoolean();
        var bounds = new GroupCommit.Bounds(1, 256, 1_000);
        GroupCommit.Pace pace = (_, _) -> {
            if (failed.compareAndSet(false, true)) {
                throw new OutOfMemoryError("as if");
            }
            return true;
        };
        try (var commit = new GroupCommit<>("test", this::write, bounds, pace)) {
            assertThat(commit.submit(0)).succeedsWithin(Duration.ofSeconds(60));
            assertThat(commit.submit(1)).succeedsWithin(Duration.ofSeconds(60));
            assertThat(failed).isTrue();
        }
    }

    @Test
    void aGroupThatIsNeverReadyIsWrittenWhenItHasWaitedLongEnough() {
        mayWrite.countDown();
        var bounds = new GroupCommit.Bounds(2, 256, 1_000, Duration.ofMillis(5));
        try (var commit = new GroupCommit<>("test", this::write, bounds, (_, _) -> false)) {
            assertThat(commit.submit(0)).succeedsWithin(Duration.ofSeconds(60));
            assertThat(commit.submit(1)).succeedsWithin(Duration.ofSeconds(60));
        }
    }

    /** The second writer is free all the while. */
    @Test
    void aGroupMayWaitUntilTheOneBeforeItIsWritten() throws Exception {
        var bounds = new GroupCommit.Bounds(2, 256, 1_000, Duration.ZERO);
        try (var commit = new GroupCommit<>("test", this::write, bounds, (_, writing) -> writing == 0)) {
            var _ = commit.submit(0);
            assertThat(writing.await(60, TimeUnit.SECONDS)).isTrue();
            var _ = commit.submit(1);
            CompletableFuture<String> last = commit.submit(2);
            mayWrite.countDown();

            assertThat(last).succeedsWithin(Duration.ofSeconds(60));
            assertThat(groups).containsExactly(List.of(0), List.of(1, 2));
        }
    }

    @Test
    void onlyTheItemThatIsRefusedFails() {
        mayWrite.countDown();
        try (var commit = new GroupCommit<>("test", this::write, new GroupCommit.Bounds(1, 256, 1_000))) {
            List<CompletableFuture<String>> all =
                    IntStream.of(1, 2, -3, 4).mapToObj(commit::submit).toList();

            assertThat(all.get(2)).failsWithin(Duration.ofSeconds(5));
            assertThat(all.get(0)).succeedsWithin(Duration.ofSeconds(5));
            assertThat(all.get(3)).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("wrote 4");
        }
    }

    @Test
    void tooManyWaitingAreTurnedAwayAtOnce() throws Exception {
        try (var commit = new GroupCommit<>("test", this::write, new GroupCommit.Bounds(1, 256, 2))) {
            var _ = commit.submit(0);
            assertThat(writing.await(5, TimeUnit.SECONDS)).isTrue();
            var _ = commit.submit(1);
            var _ = commit.submit(2);

            assertThatThrownBy(() -> commit.submit(3)).isInstanceOf(GroupCommitFull.class);
            mayWrite.countDown();
        }
    }

    @Test
    void closingWritesWhatWaits() {
        mayWrite.countDown();
        List<CompletableFuture<String>> all = new ArrayList<>();
        try (var commit = new GroupCommit<>("test", this::write, new GroupCommit.Bounds(2, 16, 1_000))) {
            IntStream.range(0, 100).forEach(number -> all.add(commit.submit(number)));
        }

        assertThat(all).allSatisfy(outcome -> assertThat(outcome).isCompleted());
    }

    private List<String> write(List<Integer> group) {
        writing.countDown();
        try {
            assertThat(mayWrite.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        if (group.stream().anyMatch(number -> number < 0)) {
            throw new DataIntegrityViolationException("negative");
        }
        groups.add(group);
        return group.stream().map(number -> "wrote " + number).toList();
    }
}
