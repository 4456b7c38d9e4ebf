package io.bascule.orchestrator.pods;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long each worker that is busy has been so. */
final class RunningTasks {

    private static final String OLDEST = """
            select worker, extract(epoch from clock_timestamp() - min(started_at))::bigint as seconds
            from task_live where state = 'running' and worker is not null
            group by worker""";

    private record Busy(String worker, long seconds) {}

    private final JdbcClient database;

    RunningTasks(JdbcClient database) {
        this.database = database;
    }

    /** By the database's clock; workers that run nothing are absent. */
    Map<String, Duration> oldestByWorker() {
        return database
                .sql(OLDEST)
                .query((row, _) -> new Busy(row.getString("worker"), row.getLong("seconds")))
                // A stream of the query itself would keep its connection.
                .list()
                .stream()
                .collect(Collectors.toMap(Busy::worker, busy -> Duration.ofSeconds(busy.seconds())));
    }
}
