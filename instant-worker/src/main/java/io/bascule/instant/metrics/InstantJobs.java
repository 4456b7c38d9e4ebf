package io.bascule.instant.metrics;

import io.bascule.tasks.worker.TaskWorker;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * This pod's share of the lane: what it runs plus its part of what waits. Every live worker counts the same part, so that
 * the sum over all pods is active plus waiting, and an autoscaler's average is jobs per worker.
 */
@Component
class InstantJobs {

    private static final String WAITING_PART = """
            select coalesce(waiting::double precision / nullif(workers, 0), waiting)
            from (select count(*) as waiting from task_live where lane = 'instant' and state = 'waiting') lane,
                 (select count(*) as workers from task_workers
                  where lane = 'instant' and seen_at > clock_timestamp() - interval '10 s') alive""";

    private final TaskWorker worker;
    private final JdbcClient database;

    InstantJobs(TaskWorker worker, JdbcClient database) {
        this.worker = worker;
        this.database = database;
    }

    double total() {
        return worker.active() + database.sql(WAITING_PART).query(Double.class).single();
    }
}
