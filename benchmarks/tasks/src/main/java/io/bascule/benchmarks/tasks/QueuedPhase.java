package io.bascule.benchmarks.tasks;

import com.zaxxer.hikari.HikariDataSource;
import io.bascule.tasks.Lane;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.RetryPolicy;
import io.bascule.tasks.Submitter;
import io.bascule.tasks.TaskIds;
import io.bascule.tasks.signal.RedisTaskSignals;
import io.bascule.tasks.store.JdbcSubmissions;
import io.bascule.tasks.store.SubmissionJournal;
import io.bascule.tasks.submit.SubmitTask;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A hundred queues whose limit is 2, and fifty slots in two processes, those of workers of one slot or of one worker each: what
 * they process a second, the same without limits, how often a limit was passed, and how long a task waits at a hundred a second.
 */
final class QueuedPhase implements AutoCloseable {

    private static final UUID WORKSPACE = new UUID(3, 3);
    private static final int QUEUES = 100;
    private static final int LIMIT = 2;
    private static final int NO_LIMIT = 10_000;
    private static final int BULK = 1_000;
    private static final int RATE = 100;
    private static final int SECONDS = Integer.getInteger("seconds", 10);
    private static final int JOBS = Integer.getInteger("jobs", 20_000);
    private static final Submitter SUBMITTER = new Submitter(new UUID(0, 1), "benchmark");

    /** A task ran from its claim's statement to its settlement's, both by the database's clock. */
    private static final String BREACHES = """
            select count(*) from (
                select sum(step) over (partition by queue order by at, step) as running, step from (
                    select queue, started_at as at, 1 as step from task_history where lane = 'queued'
                    union all
                    select queue, finished_at, -1 from task_history where lane = 'queued') moves) counted
            where step = 1 and running > :limit""";

    private final TaskIds ids =
            new TaskIds(Clock.systemUTC(), () -> ThreadLocalRandom.current().nextLong());
    private final HikariDataSource pool;
    private final JdbcClient database;
    private final RedisTaskSignals signals;
    private final SubmitTask submit;
    private final List<String> worker;

    /** @param slots of a worker, 1 or 25 */
    QueuedPhase(String url, int redisPort, int slots) {
        pool = Stores.pool(url);
        database = JdbcClient.create(pool);
        signals = new RedisTaskSignals(RedisURI.create("127.0.0.1", redisPort));
        var transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
        submit = new SubmitTask(new JdbcSubmissions(database, transaction, SubmissionJournal.NONE), signals);
        worker = List.of("bascule", "queued-worker", url, String.valueOf(redisPort), String.valueOf(slots));
    }

    Map<String, Double> run() throws IOException, InterruptedException {
        Map<String, Double> figures = new TreeMap<>();
        double limited = processed(LIMIT);
        figures.put("limited", limited);
        figures.put("breaches", (double) breaches());
        double unlimited = processed(NO_LIMIT);
        figures.put("unlimited", unlimited);
        figures.put("cost", 1 - limited / unlimited);
        figures.putAll(pickUp());
        return figures;
    }

    /** What waits already, from the moment at which the queues are opened; a crowd of the same size warms up. */
    private double processed(int limit) throws IOException, InterruptedException {
        reset(limit);
        List<WorkerProcess> fleet = fleet();
        crowd();
        open();
        drain();
        database.sql("truncate task_history, event_outbox").update();
        database.sql("update queues set paused_at = now()").update();
        crowd();
        long start = System.nanoTime();
        open();
        drain();
        double seconds = (System.nanoTime() - start) / 1e9;
        stop(fleet);
        return JOBS / seconds;
    }

    private Map<String, Double> pickUp() throws IOException, InterruptedException {
        reset(LIMIT);
        List<WorkerProcess> fleet = fleet();
        crowd();
        open();
        drain();
        long start = System.nanoTime();
        try (ExecutorService adders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < RATE * SECONDS; number++) {
                Phases.waitUntil(start + number * 1_000_000_000L / RATE);
                int queue = number;
                boolean counts = number >= RATE;
                adders.execute(() -> {
                    var _ = submit.submit(task(queue, counts ? System.nanoTime() : 0))
                            .orElseThrow();
                });
            }
        }
        drain();
        return Percentiles.of(stop(fleet));
    }

    private int breaches() {
        return database.sql(BREACHES).param("limit", LIMIT).query(Integer.class).single();
    }

    private void reset(int limit) {
        database.sql("truncate task_live, task_history, event_outbox, idempotency_keys, queues")
                .update();
        database.sql("insert into workspaces (id, name) values (?, 'queued') on conflict do nothing")
                .param(WORKSPACE)
                .update();
        database.sql("""
                insert into queues (workspace_id, name, concurrency_limit, paused_at)
                select ?, 'q' || n, ?, now() from generate_series(0, ? - 1) n""").params(WORKSPACE, limit, QUEUES).update();
    }

    private void open() {
        database.sql("update queues set paused_at = null").update();
        signals.wake(Lane.QUEUED);
    }

    private void crowd() {
        for (int begin = 0; begin < JOBS; begin += BULK) {
            var _ = submit.submitTogether(IntStream.range(begin, Math.min(begin + BULK, JOBS))
                    .mapToObj(number -> task(number, 0))
                    .toList());
        }
    }

    private NewTask task(int number, long sentAt) {
        return new NewTask(
                ids.next(),
                WORKSPACE,
                Lane.QUEUED,
                "q" + number % QUEUES,
                "noop",
                new Job(sentAt, false, 0).json(),
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

    private List<WorkerProcess> fleet() throws IOException {
        List<WorkerProcess> fleet =
                List.of(new WorkerProcess(Java.command(worker)), new WorkerProcess(Java.command(worker)));
        for (WorkerProcess process : fleet) {
            process.awaitReady();
        }
        return fleet;
    }

    private static long[] stop(List<WorkerProcess> fleet) throws IOException, InterruptedException {
        LongStream nanos = LongStream.empty();
        for (WorkerProcess process : fleet) {
            nanos = LongStream.concat(nanos, LongStream.of(process.stopAndRead()));
        }
        return nanos.toArray();
    }

    private void drain() {
        long start = System.nanoTime();
        while (database.sql("select exists (select 1 from task_live)")
                .query(Boolean.class)
                .single()) {
            if (System.nanoTime() - start > 180_000_000_000L) {
                throw new IllegalStateException("not drained within three minutes");
            }
            Phases.waitUntil(System.nanoTime() + 10_000_000);
        }
    }

    @Override
    public void close() {
        submit.close();
        signals.close();
        pool.close();
    }
}
