package io.bascule.tasks.worker;

import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.signal.LocalTaskSignals;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.core.JdbcTemplate;

/** A worker as a process of its own, which stops in order when it is asked to end, as the services do. */
final class ExitingWorker {

    private ExitingWorker() {}

    /** @param arguments the database's URL and user */
    public static void main(String[] arguments) throws IOException {
        var database = new JdbcTemplate(DataSourceBuilder.create()
                .url(arguments[0])
                .username(arguments[1])
                .password("unused")
                .build());
        var worker = new TaskWorker(
                WorkerSettings.instant("exiting", 2),
                List.of(new MisbehavingHandler()),
                new TaskWorker.Engine(
                        database, new LocalTaskSignals(), new TaskLifecycle(new Random()), Clock.systemUTC()),
                WorkerListener.NONE);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(worker)));
        worker.start();
        // Until whoever started it has gone.
        int end = System.in.read();
        System.exit(end);
    }

    private static void stop(TaskWorker worker) {
        try {
            worker.stop(Duration.ofMillis(100));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
