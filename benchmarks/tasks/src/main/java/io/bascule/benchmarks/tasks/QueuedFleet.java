package io.bascule.benchmarks.tasks;

import com.zaxxer.hikari.HikariDataSource;
import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.signal.RedisTaskSignals;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskHandler;
import io.bascule.tasks.worker.TaskWorker;
import io.bascule.tasks.worker.WorkerListener;
import io.bascule.tasks.worker.WorkerSettings;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Workers of the queued lane with 25 slots together in one process; says when it is ready and what it saw. */
final class QueuedFleet {

    private static final int SLOTS = 25;
    private static final Duration GRACE = Duration.ofSeconds(10);

    private QueuedFleet() {}

    /** @param each slots of one worker, 1 or all of them */
    static void work(String url, int redisPort, int each, WorkerProcess.Parent parent)
            throws InterruptedException, IOException {
        List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
        try (HikariDataSource pool = Stores.pool(url);
                var signals = new RedisTaskSignals(RedisURI.create("127.0.0.1", redisPort))) {
            pool.setMaximumPoolSize(SLOTS);
            var engine = new TaskWorker.Engine(
                    new JdbcTemplate(pool),
                    signals,
                    new TaskLifecycle(() -> ThreadLocalRandom.current().nextLong()),
                    Clock.systemUTC());
            List<TaskWorker> workers = IntStream.range(0, SLOTS / each)
                    .mapToObj(_ -> new TaskWorker(
                            WorkerSettings.queued("benchmark-" + UUID.randomUUID(), each),
                            List.of(new Noop(nanos)),
                            engine,
                            WorkerListener.NONE))
                    .toList();
            workers.forEach(TaskWorker::start);
            parent.ready();
            parent.awaitStop();
            parent.tell(List.copyOf(nanos));
            for (TaskWorker worker : workers) {
                worker.stop(GRACE);
            }
        }
    }

    private record Noop(List<Long> nanos) implements TaskHandler {

        @Override
        public String type() {
            return "noop";
        }

        @Override
        public JsonNode run(TaskContext context) {
            long sentAt = Job.of(context.input()).sentAt();
            if (sentAt != 0) {
                nanos.add(System.nanoTime() - sentAt);
            }
            return NullNode.getInstance();
        }
    }
}
