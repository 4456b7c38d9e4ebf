package io.bascule.api.tasks.gauges;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Api;
import io.bascule.api.OwnApi;
import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.gauge.CountTaskEvents;
import io.bascule.tasks.signal.LocalTaskSignals;
import io.bascule.tasks.upkeep.Reaper;
import io.bascule.tasks.worker.WorkerSettings;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.Scrape;
import io.bascule.testsupport.TestDatabase;
import io.bascule.testsupport.TestRedis;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What all API pods say together, as an autoscaler reads it, against what the tables say, counted another way. The sum over
 * the pods must be the truth, and so must the largest.
 */
@Timeout(120)
class TwoPodsTests {

    private static final String[] ONE_SCRAPE = {"--bascule.gauges.lease=3s", "--bascule.gauges.scrape-interval=200ms"};

    private final TestDatabase stored = TestDatabase.create();
    private final JdbcClient database = JdbcClient.create(stored.dataSource());
    private final TransactionTemplate transaction =
            new TransactionTemplate(new JdbcTransactionManager(stored.dataSource()));
    private final CountTaskEvents count = new CountTaskEvents(database, transaction);
    private final Semaphore mayEnd = new Semaphore(0);
    private final List<OwnApi> pods = new ArrayList<>();
    private final List<KillableWorker> workers = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        mayEnd.release(1_000);
        for (KillableWorker worker : workers) {
            worker.stop();
        }
        pods.forEach(OwnApi::close);
    }

    @Test
    void whatAllPodsSayIsWhatTheTablesSayWhoeverIsKilledInBetween() {
        startPods();
        Api api = pods.getFirst().api();
        api.admin().post("/api/v1/queues", Map.of("name", "mail", "concurrencyLimit", 2));
        submit(api, 5, Map.of("type", "echo"));
        submit(api, 4, Map.of("type", "echo", "queue", "mail"));
        submit(api, 1, Map.of("type", "echo", "queue", "mail", "runAt", "2027-01-01T00:00:00Z"));
        start(WorkerSettings.instant("i1", 3));
        KillableWorker doomed = start(WorkerSettings.queued("q1", 1));
        start(WorkerSettings.queued("q2", 1));
        Await.until(() -> running("instant") == 3 && running("queued") == 2);

        Map<String, Double> first = assertThatAllPodsTellTheTruth();
        assertThat(first)
                .containsEntry("instant_tasks_jobs_active", 3.0)
                .containsEntry("instant_tasks_jobs_waiting", 2.0)
                .containsEntry("queued_tasks_workers", 2.0)
                .containsEntry("queued_tasks_workers_required", 2.0)
                .containsEntry("queue_depth{queue=\"mail\",workspace=\"default\"}", 2.0);

        doomed.kill();
        aLeaseLater("q1");
        submit(api, 2, Map.of("type", "echo", "queue", "default"));
        mayEnd.release(1);
        Await.until(() -> count("task_history") == 1 && running("instant") + running("queued") == 4);

        Map<String, Double> second = assertThatAllPodsTellTheTruth();
        assertThat(second)
                .containsEntry("queued_tasks_workers", 1.0)
                .containsEntry("queued_tasks_workers_required", 3.0)
                .isNotEqualTo(first);

        pods.removeFirst().close();
        mayEnd.release(1_000);
        Await.until(() -> count("task_live") == 1);
        Await.until(() -> new Scrape(scrapeAddress(pods.getFirst())).valueOf("queued_tasks_workers") == 1);
        assertThat(assertThatAllPodsTellTheTruth())
                .containsEntry("bascule_task_finished_total{lane=\"queued\",outcome=\"succeeded\",type=\"echo\"}", 6.0);
    }

    private void startPods() {
        pods.add(OwnApi.start(stored, TestRedis.shared(), ONE_SCRAPE));
        pods.add(OwnApi.start(stored, TestRedis.shared(), ONE_SCRAPE));
        Await.until(() -> said("queued_tasks_workers_required").length == 2
                && pods.stream()
                        .anyMatch(pod ->
                                pod.api().anonymous().get("/prometheus").text().contains("queue_depth")));
    }

    private KillableWorker start(WorkerSettings settings) {
        KillableWorker worker = KillableWorker.start(stored.dataSource(), settings, mayEnd);
        workers.add(worker);
        return worker;
    }

    /** What ten seconds do to a worker that is not heard of, and the pass of the reaper after them. */
    private void aLeaseLater(String worker) {
        database.sql("update task_live set lease_until = clock_timestamp() - interval '1 s' where worker = ?")
                .param(worker)
                .update();
        database.sql("update task_workers set seen_at = clock_timestamp() - interval '11 s' where id = ?")
                .param(worker)
                .update();
        database.sql("update upkeep_turns set last_at = clock_timestamp() - interval '3 s'")
                .update();
        var reaper = new Reaper(
                database, transaction, new TaskLifecycle(new Random()), new LocalTaskSignals(), WorkerSettings.LEASE);
        assertThat(reaper.step()).isEqualTo(1);
    }

    private Map<String, Double> assertThatAllPodsTellTheTruth() {
        Await.until(() -> {
            count.step();
            return uncounted() == 0;
        });
        Map<String, Double> truth = truth();
        truth.forEach((series, value) -> {
            double[] said = said(series);
            assertThat(Arrays.stream(said).sum()).as("sum of %s", series).isEqualTo(value);
            assertThat(Arrays.stream(said).max().orElseThrow())
                    .as("largest of %s", series)
                    .isEqualTo(value);
        });
        return truth;
    }

    private double[] said(String series) {
        return pods.stream()
                .mapToDouble(pod -> new Scrape(scrapeAddress(pod)).valueOf(series))
                .toArray();
    }

    private static URI scrapeAddress(OwnApi pod) {
        return pod.api().server().resolve("/prometheus");
    }

    /** Counted task by task, not by the queues' counters or the outbox. */
    private Map<String, Double> truth() {
        Map<String, Double> truth = new HashMap<>();
        truth.put("instant_tasks_jobs_active", running("instant"));
        truth.put("instant_tasks_jobs_waiting", count("task_live where lane = 'instant' and state = 'waiting'"));
        truth.put(
                "queued_tasks_workers",
                count("task_workers where lane = 'queued' and seen_at > clock_timestamp() - interval '10 s'"));
        truth.put("queued_tasks_workers_required", workersRequired());
        for (String queue : List.of("mail", "default")) {
            truth.put(
                    "queue_depth{queue=\"%s\",workspace=\"default\"}".formatted(queue),
                    count("task_live where state = 'waiting' and queue = '%s'".formatted(queue)));
        }
        for (String lane : List.of("instant", "queued")) {
            truth.putAll(totals(lane));
        }
        return truth;
    }

    private Map<String, Double> totals(String lane) {
        String labels = "{lane=\"%s\",type=\"echo\"}".formatted(lane);
        String all =
                "(select lane, attempt, state from task_live union all select lane, attempt, state from task_history)"
                        + " t where lane = '%s'".formatted(lane);
        double started = database.sql("select coalesce(sum(attempt), 0) from " + all)
                .query(Double.class)
                .single();
        Map<String, Double> totals = new HashMap<>();
        totals.put("bascule_task_accepted_total" + labels, count(all));
        totals.put("bascule_task_started_total" + labels, started);
        totals.put("bascule_task_wait_seconds_count" + labels, started);
        totals.put("bascule_task_run_seconds_count" + labels, started - running(lane));
        totals.put(
                "bascule_task_finished_total{lane=\"%s\",outcome=\"succeeded\",type=\"echo\"}".formatted(lane),
                count("task_history where state = 'succeeded' and lane = '%s'".formatted(lane)));
        return totals;
    }

    private double workersRequired() {
        return database.sql("""
                        select coalesce(sum(least(q.concurrency_limit, held.tasks)), 0) from queues q cross join lateral (
                            select count(*) as tasks from task_live t
                            where t.queue = q.name and t.state in ('waiting', 'running')) held""").query(Double.class).single();
    }

    private int uncounted() {
        return database.sql(
                        "select count(*) from event_outbox e, outbox_relays c where c.name = 'totals' and (e.xid, e.seq) > (c.xid, c.seq)")
                .query(Integer.class)
                .single();
    }

    private double running(String lane) {
        return count("task_live where state = 'running' and lane = '%s'".formatted(lane));
    }

    private double count(String from) {
        return database.sql("select count(*) from " + from).query(Double.class).single();
    }

    private static void submit(Api api, int number, Object task) {
        for (int submitted = 0; submitted < number; submitted++) {
            assertThat(api.operator().post("/api/v1/tasks", task).status()).isEqualTo(202);
        }
    }
}
