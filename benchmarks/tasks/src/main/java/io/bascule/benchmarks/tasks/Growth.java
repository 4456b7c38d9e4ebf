package io.bascule.benchmarks.tasks;

import com.zaxxer.hikari.HikariDataSource;
import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.store.ClaimRequest;
import io.bascule.tasks.store.Claimed;
import io.bascule.tasks.store.JdbcRounds;
import io.bascule.tasks.store.Settlement;
import io.bascule.tasks.store.Tour;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a claim of ten tasks costs while ever more waits: more tasks, more workspaces, more queues. One worker claims and settles;
 * as many tasks come as it takes. Prints the times of the claims, and the ratio to the smallest crowd of the lane.
 */
final class Growth {

    private static final int ROOM = 10;
    private static final int WARM = 50;
    private static final int CLAIMS = 300;
    private static final int LIMIT = 2;
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final List<Crowd> CROWDS = List.of(
            new Crowd(Lane.INSTANT, 1_000, 1, 0, 0),
            new Crowd(Lane.INSTANT, 10_000, 1, 0, 0),
            new Crowd(Lane.INSTANT, 100_000, 1, 0, 0),
            new Crowd(Lane.INSTANT, 1_000_000, 1, 0, 0),
            new Crowd(Lane.INSTANT, 1_000_000, 1_000, 0, 0),
            new Crowd(Lane.QUEUED, 1_000, 1, 10, 0),
            new Crowd(Lane.QUEUED, 10_000, 1, 100, 0),
            new Crowd(Lane.QUEUED, 100_000, 1, 1_000, 0),
            new Crowd(Lane.QUEUED, 100_000, 1, 10_000, 0),
            new Crowd(Lane.QUEUED, 1_000_000, 1, 10_000, 0),
            new Crowd(Lane.QUEUED, 1_000_000, 1, 10_000, 9_000),
            new Crowd(Lane.QUEUED, 1_000_000, 1_000, 10_000, 0),
            new Crowd(Lane.QUEUED, 1_000_000, 1_000, 10_000, 9_000));

    private final HikariDataSource pool;
    private final JdbcClient database;
    private final JdbcRounds rounds;
    private Tour tour = ClaimRequest.FROM_THE_START;

    /** How many wait, for how many workspaces, in how many queues in all, of which some have no room. */
    private record Crowd(Lane lane, int waiting, int workspaces, int queues, int full) {

        boolean isSmallest() {
            return waiting == 1_000;
        }

        String row() {
            return "| %s | %,d | %,d | %,d | %,d |".formatted(lane.word(), waiting, workspaces, queues, full);
        }
    }

    private Growth(Stores stores) {
        pool = Stores.pool(stores.jdbcUrl());
        pool.setMaximumPoolSize(1);
        database = JdbcClient.create(pool);
        rounds = new JdbcRounds(new JdbcTemplate(pool));
    }

    /** @param arguments the largest crowd and the lane, if not all of them are to be tried */
    public static void main(String[] arguments) throws IOException, SQLException {
        int most = arguments.length == 0 ? Integer.MAX_VALUE : Integer.parseInt(arguments[0]);
        String lane = arguments.length < 2 ? "" : arguments[1];
        Path directory = Path.of("target", "growth-" + ProcessHandle.current().pid());
        try (var stores = new Stores(directory, "")) {
            System.err.println(stores.version());
            System.out.println(
                    "| lane | waiting | workspaces | queues | full | tasks a claim | p50 ms | p99 ms | p50 against the smallest |");
            System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
            var growth = new Growth(stores);
            double smallest = 0;
            for (Crowd crowd : CROWDS.stream()
                    .filter(one -> one.waiting() <= most && one.lane().word().contains(lane))
                    .toList()) {
                growth.gather(crowd);
                stores.settle();
                Map<String, Double> times = growth.claims(crowd);
                double median = Objects.requireNonNull(times.get("p50"));
                smallest = crowd.isSmallest() ? median : smallest;
                System.out.printf(
                        "%s %.1f | %.2f | %.2f | ×%.2f |%n",
                        crowd.row(), times.get("taken"), median, times.get("p99"), median / smallest);
            }
            growth.close();
        }
    }

    /** The statistics are those of the crowd, as autovacuum's would be after a minute. */
    private void gather(Crowd crowd) {
        database.sql("truncate task_live, task_history, event_outbox, idempotency_keys, queues")
                .update();
        database.sql("""
                insert into workspaces (id, name)
                select format('00000000-0000-0007-0000-%s', lpad(to_hex(n), 12, '0'))::uuid, 'w' || n
                from generate_series(0, :workspaces - 1) n on conflict do nothing
                """).param("workspaces", crowd.workspaces()).update();
        database.sql("""
                insert into queues (workspace_id, name, concurrency_limit, running)
                select w.id, 'q' || n, :limit, case when n / :workspaces % 10 * :queues < :full * 10 then :limit else 0 end
                from generate_series(0, :queues - 1) n join workspaces w on w.name = 'w' || n % :workspaces""")
                .param("limit", LIMIT)
                .param("queues", crowd.queues())
                .param("full", crowd.full())
                .param("workspaces", crowd.workspaces())
                .update();
        database.sql("""
                insert into task_live (id, workspace_id, lane, queue, type, state, priority, run_at, max_failures,
                    backoff_millis, labels, input, submitted_by, submitted_by_name)
                select uuidv7(), w.id, :lane, case when :queues = 0 then '' else 'q' || n % :queues end, 'noop', 'waiting', 0,
                    clock_timestamp(), 1, 0, '{}', 'null', w.id, 'benchmark'
                from generate_series(0, :waiting - 1) n join workspaces w on w.name = 'w' || n % :workspaces""")
                .param("lane", crowd.lane().word())
                .param("queues", crowd.queues())
                .param("waiting", crowd.waiting())
                .param("workspaces", crowd.workspaces())
                .update();
        database.sql("vacuum analyze task_live, queues").update();
    }

    private Map<String, Double> claims(Crowd crowd) {
        long[] nanos = new long[CLAIMS];
        int taken = 0;
        for (int number = -WARM; number < CLAIMS; number++) {
            var request = new ClaimRequest(crowd.lane(), "growth", LEASE, ROOM, ROOM, Map.of(), tour, Map.of());
            long start = System.nanoTime();
            Claimed claimed =
                    Objects.requireNonNull(rounds.make(List.of(), request).claimed());
            if (number >= 0) {
                nanos[number] = System.nanoTime() - start;
            }
            tour = claimed.tour();
            taken += claimed.tasks().size();
            settle(claimed.tasks());
            replace(claimed.tasks());
        }
        Map<String, Double> figures = Percentiles.of(nanos);
        figures.put("taken", (double) taken / (WARM + CLAIMS));
        return figures;
    }

    private void settle(List<ClaimedTask> tasks) {
        rounds.make(
                tasks.stream()
                        .map(task -> new Settlement(
                                task.id(), task.attempt(), new Finish(TaskState.SUCCEEDED, 0, 0, null), "null"))
                        .toList(),
                null);
    }

    /** As many come as went, to the same queues. */
    private void replace(List<ClaimedTask> tasks) {
        database.sql("""
                insert into task_live (id, workspace_id, lane, queue, type, state, priority, run_at, max_failures,
                    backoff_millis, labels, input, submitted_by, submitted_by_name)
                select uuidv7(), workspace_id, lane, queue, type, 'waiting', priority, clock_timestamp(), max_failures,
                    backoff_millis, labels, input, submitted_by, submitted_by_name
                from task_history where id = any(?::uuid[])""")
                .param(tasks.stream().map(task -> task.id().toString()).toArray(String[]::new))
                .update();
    }

    private void close() {
        pool.close();
    }
}
