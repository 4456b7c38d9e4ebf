package io.bascule.api.tasks.gauges;

import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.signal.LocalTaskSignals;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskHandler;
import io.bascule.tasks.worker.TaskWorker;
import io.bascule.tasks.worker.WorkerListener;
import io.bascule.tasks.worker.WorkerSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import tools.jackson.databind.JsonNode;

/**
 * A worker whose tasks end when a permit is there, and that can be gone for the rest of the platform from one moment to the next: nothing of it reaches
 * the database.
 */
final class KillableWorker {

    private final CutDataSource connections;
    private final TaskWorker worker;

    private KillableWorker(CutDataSource connections, TaskWorker worker) {
        this.connections = connections;
        this.worker = worker;
    }

    static KillableWorker start(DataSource database, WorkerSettings settings, Semaphore mayEnd) {
        var connections = new CutDataSource(database);
        var engine = new TaskWorker.Engine(
                new JdbcTemplate(connections),
                new LocalTaskSignals(),
                new TaskLifecycle(new Random()),
                InstantSource.system());
        var worker = new TaskWorker(settings, List.of(new Held(connections, mayEnd)), engine, WorkerListener.NONE);
        worker.start();
        return new KillableWorker(connections, worker);
    }

    void kill() {
        connections.cut = true;
    }

    void stop() throws InterruptedException {
        worker.stop(Duration.ofSeconds(1));
    }

    private static final class CutDataSource extends DelegatingDataSource {

        private volatile boolean cut;

        CutDataSource(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (cut) {
                throw new SQLException("this worker was killed");
            }
            return super.getConnection();
        }
    }

    /** Runs until it may end; never, once its worker was killed. */
    private record Held(CutDataSource connections, Semaphore mayEnd) implements TaskHandler {

        @Override
        public String type() {
            return "echo";
        }

        @Override
        public JsonNode run(TaskContext context) throws Exception {
            mayEnd.acquire();
            if (connections.cut) {
                mayEnd.release();
                new CountDownLatch(1).await();
            }
            return context.input();
        }
    }
}
