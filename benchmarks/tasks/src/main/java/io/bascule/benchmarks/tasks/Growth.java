package io.bascule.benchmarks.tasks;

import com.zaxxer.hikari.HikariDataSource;
import io.bascule.tasks.Lane;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.RetryPolicy;
import io.bascule.tasks.Submitter;
import io.bascule.tasks.TaskIds;
import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.signal.LocalTaskSignals;
import io.bascule.tasks.store.JdbcSubmissions;
import io.bascule.tasks.submit.SubmitTask;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskHandler;
import io.bascule.tasks.worker.TaskWorker;
import io.bascule.tasks.worker.WorkerListener;
import io.bascule.tasks.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * How fast one worker is while ever more waits: more tasks, more workspaces, more queues. Prints tasks a second and their
 * ratio to the smallest crowd of the same lane.
 */
final class Growth {

    private static final RandomGenerator CHANCE =
            () -> ThreadLocalRandom.current().nextLong();
    private static final int ROUNDS = 5;
    private static final int MOST_SAMPLED = 2_000;
    private static final int CONCURRENCY = 50;
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Submitter SUBMITTER = new Submitter(new UUID(0, 1), "benchmark");
    private static final int BATCH = 1_000;
    private static final int QUEUE_LIMIT = 2;
    private static final Crowd WARM_UP = new Crowd(Lane.INSTANT, 10_000, 1, 0);
    private static final List<Crowd> CROWDS = List.of(
            new Crowd(Lane.INSTANT, 1_000, 1, 0),
            new Crowd(Lane.INSTANT, 10_000, 1, 0),
            new Crowd(Lane.INSTANT, 100_000, 1, 0),
            new Crowd(Lane.INSTANT, 1_000_000, 1, 0),
            new Crowd(Lane.INSTANT, 100_000, 1_000, 0),
            new Crowd(Lane.QUEUED, 10_000, 1, 100),
            new Crowd(Lane.QUEUED, 100_000, 1, 10_000),
            new Crowd(Lane.QUEUED, 100_000, 1_000, 10_000));

    private final HikariDataSource pool;
    private final JdbcClient database;
    private final LocalTaskSignals signals = new LocalTaskSignals();
    private final SubmitTask submit;
    private final TaskIds ids = new TaskIds(Clock.systemUTC(), CHANCE);

    /** How many wait, for how many workspaces, in how many queues in all. */
    private record Crowd(Lane lane, int waiting, int workspaces, int queues) {

        UUID workspace(int number) {
            return new UUID(7, number % workspaces);
        }

        boolean isSmallest() {
            return waiting <= 1_000 || queues == 100;
        }

        String row() {
            return "| %s | %,d | %,d | %,d |".formatted(lane.word(), waiting, workspaces, queues);
        }

        String queue(int number) {
            return lane == Lane.INSTANT ? "" : "q" + number % queues;
        }
    }

    private Growth(Stores stores) {
        pool = Stores.pool(stores.jdbcUrl());
        database = JdbcClient.create(pool);
        var transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
        submit = new SubmitTask(new JdbcSubmissions(database, transaction, _ -> {}), signals);
    }

    /** @param arguments the largest crowd, if not all of them are to be tried */
    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        int most = arguments.length == 0 ? Integer.MAX_VALUE : Integer.parseInt(arguments[0]);
        Path directory = Path.of("target", "growth-" + ProcessHandle.current().pid());
        try (var stores = new Stores(directory, "")) {
            System.err.println(stores.version());
            System.out.println("| lane | waiting | workspaces | queues | tasks/s | against the smallest |");
            System.out.println("|---|---:|---:|---:|---:|---:|");
            var growth = new Growth(stores);
            growth.gather(WARM_UP);
            growth.rate(WARM_UP);
            double smallest = 0;
            for (Crowd crowd :
                    CROWDS.stream().filter(one -> one.waiting() <= most).toList()) {
                growth.gather(crowd);
                stores.settle();
                double rate = growth.rate(crowd);
                smallest = crowd.isSmallest() ? rate : smallest;
                System.out.printf("%s %,.0f | ×%.2f |%n", crowd.row(), rate, rate / smallest);
            }
            growth.close();
        }
    }

    private void gather(Crowd crowd) {
        database.sql("truncate task_live, task_history, event_outbox, idempotency_keys, queues")
                .update();
        database.sql("""
                insert into workspaces (id, name)
                select format('00000000-0000-0007-0000-%s', lpad(to_hex(n), 12, '0'))::uuid, 'w' || n
                from generate_series(0, :workspaces - 1) n on conflict do nothing
                """).param("workspaces", crowd.workspaces()).update();
        if (crowd.queues() > 0) {
            database.sql("""
                    insert into queues (workspace_id, name, concurrency_limit)
                    select w.id, 'q' || n, :limit from generate_series(0, :queues - 1) n
                    join workspaces w on w.name = 'w' || n % :workspaces
                    """)
                    .param("limit", QUEUE_LIMIT)
                    .param("queues", crowd.queues())
                    .param("workspaces", crowd.workspaces())
                    .update();
        }
        add(crowd, 0, crowd.waiting());
    }

    private void add(Crowd crowd, int from, int count) {
        for (int begin = from; begin < from + count; begin += BATCH) {
            var _ = submit.submitTogether(IntStream.range(begin, Math.min(begin + BATCH, from + count))
                    .mapToObj(number -> task(crowd, number))
                    .toList());
        }
    }

    private NewTask task(Crowd crowd, int number) {
        return new NewTask(
                ids.next(),
                crowd.workspace(number),
                crowd.lane(),
                crowd.queue(number),
                Noop.TYPE,
                "null",
                0,
                null,
                null,
                RetryPolicy.NONE,
                null,
                null,
                Map.of(),
                SUBMITTER,
                null,
                null,
                null);
    }

    /** Tasks a second, the median of some rounds; what a round has ended is made up for before the next. */
    private double rate(Crowd crowd) throws InterruptedException {
        List<Double> rates = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            rates.add(round(crowd));
            int left = database.sql("select count(*) from task_live")
                    .query(Integer.class)
                    .single();
            add(crowd, left, crowd.waiting() - left);
        }
        return rates.stream().sorted().toList().get(ROUNDS / 2);
    }

    private double round(Crowd crowd) throws InterruptedException {
        int sample = Math.min(MOST_SAMPLED, crowd.waiting() / 2);
        var noop = new Noop(new CountDownLatch(sample));
        var engine =
                new TaskWorker.Engine(new JdbcTemplate(pool), signals, new TaskLifecycle(CHANCE), Clock.systemUTC());
        var worker = new TaskWorker(settings(crowd), List.of(noop), engine, WorkerListener.NONE);
        long begin = System.nanoTime();
        worker.start();
        noop.ended().await();
        double seconds = (System.nanoTime() - begin) / 1e9;
        worker.stop(GRACE);
        return sample / seconds;
    }

    private WorkerSettings settings(Crowd crowd) {
        String name = "growth-" + ids.next();
        return switch (crowd.lane()) {
            case INSTANT -> WorkerSettings.instant(name, CONCURRENCY);
            case QUEUED -> WorkerSettings.queued(name, CONCURRENCY);
        };
    }

    private void close() {
        submit.close();
        pool.close();
    }

    private record Noop(CountDownLatch ended) implements TaskHandler {

        static final String TYPE = "noop";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public JsonNode run(TaskContext context) {
            ended.countDown();
            return NullNode.getInstance();
        }
    }
}
