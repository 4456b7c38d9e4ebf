package io.bascule.benchmarks.tasks;

import com.zaxxer.hikari.HikariDataSource;
import io.bascule.tasks.Lane;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.RetryPolicy;
import io.bascule.tasks.Submitter;
import io.bascule.tasks.TaskIds;
import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.signal.RedisTaskSignals;
import io.bascule.tasks.store.JdbcSubmissions;
import io.bascule.tasks.store.SubmissionJournal;
import io.bascule.tasks.submit.SubmitTask;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskHandler;
import io.bascule.tasks.worker.TaskWorker;
import io.bascule.tasks.worker.WorkerListener;
import io.bascule.tasks.worker.WorkerSettings;
import io.lettuce.core.RedisURI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Our instant lane through the client library, put together as the services do it. */
final class BasculeEngine implements Engine {

    private static final RandomGenerator CHANCE =
            () -> ThreadLocalRandom.current().nextLong();
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final List<UUID> TENANTS = List.of(new UUID(1, 1), new UUID(2, 2));

    private final TaskIds ids = new TaskIds(Clock.systemUTC(), CHANCE);
    private final HikariDataSource pool;
    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final RedisTaskSignals signals;
    private final SubmitTask submit;
    private final String type;
    private final Submitter submitter = new Submitter(new UUID(0, 1), "benchmark");

    BasculeEngine(String url, int redisPort) {
        this(url, redisPort, "noop");
    }

    /** @param type of the tasks that are added; {@link #start} runs no-ops only */
    BasculeEngine(String url, int redisPort, String type) {
        this.type = type;
        pool = Stores.pool(url);
        database = JdbcClient.create(pool);
        transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
        signals = new RedisTaskSignals(RedisURI.create("127.0.0.1", redisPort));
        submit = new SubmitTask(new JdbcSubmissions(database, transaction, SubmissionJournal.NONE), signals);
    }

    @Override
    public void reset() {
        database.sql("truncate task_live, task_history, event_outbox, idempotency_keys")
                .update();
    }

    @Override
    public void add(Job job) {
        var _ = submit.submit(task(job)).orElseThrow();
    }

    @Override
    public void addAll(List<Job> jobs) {
        var _ = submit.submitTogether(jobs.stream().map(this::task).toList());
    }

    private NewTask task(Job job) {
        return new NewTask(
                ids.next(),
                TENANTS.get(job.tenant()),
                Lane.INSTANT,
                "",
                type,
                job.json(),
                0,
                null,
                null,
                RetryPolicy.NONE,
                null,
                null,
                Map.of(),
                submitter,
                null,
                null,
                null);
    }

    @Override
    public Worker start(Consumer<Job> handler) {
        var engine =
                new TaskWorker.Engine(new JdbcTemplate(pool), signals, new TaskLifecycle(CHANCE), Clock.systemUTC());
        var worker = new TaskWorker(
                WorkerSettings.instant("benchmark-" + ids.next(), Phases.CONCURRENCY),
                List.of(new Noop(handler)),
                engine,
                WorkerListener.NONE);
        worker.start();
        return () -> worker.stop(GRACE);
    }

    @Override
    public int left() {
        return database.sql("select count(*) from task_live")
                .query(Integer.class)
                .single();
    }

    @Override
    public void close() {
        submit.close();
        signals.close();
        pool.close();
    }

    private record Noop(Consumer<Job> handler) implements TaskHandler {

        @Override
        public String type() {
            return "noop";
        }

        @Override
        public JsonNode run(TaskContext context) {
            handler.accept(Job.of(context.input()));
            return NullNode.getInstance();
        }
    }
}
