package io.bascule.tasks.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.storage.DirectoryStorage;
import io.bascule.storage.ObjectKey;
import io.bascule.storage.ObjectStorage;
import io.bascule.storage.StorageException;
import io.bascule.tasks.Lane;
import io.bascule.tasks.Task;
import io.bascule.tasks.TaskError;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.store.JdbcLargeResults;
import io.bascule.tasks.store.JdbcLargeResults.LargeResult;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskHandler;
import io.bascule.tasks.worker.TaskWorker;
import io.bascule.tasks.worker.WorkerListener;
import io.bascule.tasks.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Results around the size that a row holds, with a real worker and database. */
@Timeout(60)
class LargeResultTests {

    private static final int MOST = 3 << 20;

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");
    private final BlockingQueue<UUID> ended = new LinkedBlockingQueue<>();
    private @Nullable TaskWorker worker;

    @TempDir
    private Path folder;

    LargeResultTests() {
        store.signals().onFinished("test", ended::add);
    }

    @AfterEach
    void stop() throws Exception {
        Objects.requireNonNull(worker).stop(Duration.ofSeconds(5));
        store.close();
    }

    @Test
    void aResultThatARowHoldsStaysThere() throws Exception {
        ObjectStorage objects = new DirectoryStorage(folder);

        Task task = run(objects, LargeResults.INLINE - 2);

        assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(task.result()).hasSize(LargeResults.INLINE);
        assertThat(objects.list("", null, 10)).isEmpty();
        assertThat(large(task)).isEmpty();
    }

    @Test
    void oneByteMoreGoesToTheObjectStorageAndItsRowSaysSo() throws Exception {
        ObjectStorage objects = new DirectoryStorage(folder);

        Task task = run(objects, LargeResults.INLINE - 1);

        assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(task.result()).isNull();
        assertThat(large(task)).contains(new LargeResult(1, LargeResults.INLINE + 1));
        try (var object = objects.get(TaskObjects.result(acme, task.id(), 1)).orElseThrow()) {
            assertThat(object.content().readAllBytes())
                    .hasSize(LargeResults.INLINE + 1)
                    .startsWith('"', 'x');
        }
    }

    @Test
    void whatIsLargerThanAllowedFailsForGood() throws Exception {
        Task task = run(new DirectoryStorage(folder), MOST);

        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        TaskError error = Objects.requireNonNull(task.error());
        assertThat(error.code()).isEqualTo("result-too-large");
        assertThat(error.message()).contains("3,145,728");
    }

    @Test
    void whileTheStorageIsAwayOnlyLargeResultsFail() throws Exception {
        Task large = run(new NobodyThere(), LargeResults.INLINE);
        Task small = submit(10);

        assertThat(Objects.requireNonNull(large.error()).code()).isEqualTo("result-not-stored");
        assertThat(small.state()).isEqualTo(TaskState.SUCCEEDED);
    }

    private Task run(ObjectStorage objects, int length) throws InterruptedException {
        worker = new TaskWorker(
                WorkerSettings.instant("worker-1", 2),
                List.of(new Sized()),
                store.engine(new LargeResults(objects, MOST)),
                WorkerListener.NONE);
        worker.start();
        return submit(length);
    }

    private Task submit(int length) throws InterruptedException {
        UUID id = store.submit(store.task(acme)
                .replyTo("test")
                .failures(1)
                .input("{\"length\":%d}".formatted(length))
                .build());
        store.signals().wake(Lane.INSTANT);
        assertThat(ended.poll(30, TimeUnit.SECONDS)).isEqualTo(id);
        return store.tasks().find(acme, id).orElseThrow();
    }

    private Optional<LargeResult> large(Task task) {
        return new JdbcLargeResults(store.database()).find(acme, task.id());
    }

    /** Returns a text of the wanted length. */
    private static final class Sized implements TaskHandler {

        @Override
        public String type() {
            return "echo";
        }

        @Override
        public JsonNode run(TaskContext context) {
            return StringNode.valueOf("x".repeat(context.input().path("length").asInt()));
        }
    }

    /** Answers nothing. */
    private static final class NobodyThere implements ObjectStorage {

        @Override
        public void put(ObjectKey key, byte[] content) {
            throw away();
        }

        @Override
        public Optional<StoredObject> get(ObjectKey key) {
            throw away();
        }

        @Override
        public void delete(ObjectKey key) {
            throw away();
        }

        @Override
        public List<ObjectKey> list(String prefix, @Nullable ObjectKey after, int most) {
            throw away();
        }

        @Override
        public void close() {}

        private static StorageException away() {
            return new StorageException("away, as the test wants it", new IOException("nobody there"));
        }
    }
}
