package io.bascule.tasks.handlers.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.log.TaskLogs;
import io.bascule.tasks.object.LargeResults;
import io.bascule.tasks.signal.LocalTaskSignals;
import io.bascule.tasks.worker.TaskWorker;
import io.bascule.tasks.worker.WorkerListener;
import io.bascule.tasks.worker.WorkerSettings;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The example of docs/guides/handlers.md. */
@Timeout(60)
class HandlerGuideTests {

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @Test
    void theGuideShowsTheCodeThatIsTried() throws IOException {
        String guide = Files.readString(root().resolve("docs/guides/handlers.md"));
        String code = Files.readString(
                root().resolve("task-handlers/src/test/java/io/bascule/tasks/handlers/guide/FetchPages.java"));

        String shown = guide.substring(guide.indexOf("```java\n") + 8, guide.indexOf("```\n\nThis is the code"));

        assertThat(code).endsWith(shown);
        assertThat(shown).contains("implements TaskHandler");
    }

    @Test
    void aWorkerRunsItAndTheNextAttemptGoesOnWhereTheLastOneStopped() throws Exception {
        List<String> fetched = new CopyOnWriteArrayList<>();
        PageSource source = (page, token) -> {
            fetched.add(page + " with " + token);
            return !(page == 1 && fetched.size() == 2);
        };
        var engine = new TaskWorker.Engine(
                new JdbcTemplate(database.dataSource()),
                new LocalTaskSignals(),
                new TaskLifecycle(new Random()),
                InstantSource.system(),
                TaskLogs.NONE,
                LargeResults.NONE,
                (_, names) -> Map.of(names.iterator().next(), "sesame"));
        var worker = new TaskWorker(
                WorkerSettings.instant("guide", 1), List.of(new FetchPages(source)), engine, WorkerListener.NONE);
        worker.start();
        try {
            UUID task = submit("{\"pages\": 3, \"token\": {\"secret\": \"API_TOKEN\"}}");
            Await.until(() -> state(task).equals("retrying"));
            jdbc.sql("update task_live set state = 'waiting', run_at = now() where id = ?")
                    .param(task)
                    .update();
            Await.until(() -> state(task).equals("succeeded"));
        } finally {
            worker.stop(Duration.ofSeconds(5));
        }

        assertThat(fetched).containsExactly("0 with sesame", "1 with sesame", "1 with sesame", "2 with sesame");
    }

    private UUID submit(String input) {
        return jdbc.sql("""
                        insert into task_live (id, workspace_id, lane, queue, type, state, priority, run_at, max_failures,
                            backoff_millis, labels, input, submitted_by, submitted_by_name)
                        select uuidv7(), id, 'instant', '', 'files.fetch', 'waiting', 0, now(), 2, 86400000, '{}',
                            ?::json, ?, 'tester'
                        from workspaces returning id""").params(input, UUID.randomUUID()).query(UUID.class).single();
    }

    private String state(UUID task) {
        return jdbc.sql(
                        "select state from task_live where id = ? union all select state from task_history where id = ?")
                .params(task, task)
                .query((row, _) -> row.getString("state"))
                .optional()
                .orElse("");
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("docs/guides")) ? here : here.getParent();
    }
}
