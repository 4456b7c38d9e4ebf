package io.bascule.api.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiClient;
import io.bascule.api.ApiTest;
import io.bascule.api.OwnApi;
import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.log.AttemptLog;
import io.bascule.tasks.log.LogKey;
import io.bascule.tasks.log.LogLevel;
import io.bascule.tasks.log.LogLimits;
import io.bascule.tasks.log.LogWriter;
import io.bascule.tasks.log.RedisLogStore;
import io.bascule.tasks.object.LargeResults;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskHandler;
import io.bascule.tasks.worker.TaskWorker;
import io.bascule.tasks.worker.WorkerListener;
import io.bascule.tasks.worker.WorkerSettings;
import io.bascule.testsupport.Streams;
import io.bascule.testsupport.TestDatabase;
import io.bascule.testsupport.TestRedis;
import io.lettuce.core.RedisURI;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** With a worker on the same stores, as in production, whose handler says what it is told and goes on when it may. */
@ApiTest
@Timeout(300)
class TaskLogTests {

    private final Api api;
    private final JdbcClient database;
    private final CountDownLatch mayGo = new CountDownLatch(1);
    private final LogWriter logs = new LogWriter(
            new RedisLogStore(
                    RedisURI.create("redis://127.0.0.1:" + TestRedis.shared().port()),
                    Duration.ofMinutes(5),
                    Clock.systemUTC()),
            LogLimits.DEFAULT,
            Clock.systemUTC());
    private final TaskWorker worker;

    TaskLogTests(Api api, JdbcTemplate template, JdbcClient database, TaskSignals signals) {
        this.api = api;
        this.database = database;
        var engine = new TaskWorker.Engine(
                template, signals, new TaskLifecycle(new Random()), InstantSource.system(), logs, LargeResults.NONE);
        this.worker = new TaskWorker(
                WorkerSettings.instant("log-worker", 4), List.of(new Talker()), engine, WorkerListener.NONE);
    }

    @BeforeEach
    void start() {
        database.sql("delete from task_live").update();
        worker.start();
    }

    @AfterEach
    void stop() throws Exception {
        mayGo.countDown();
        worker.stop(Duration.ofSeconds(5));
        logs.close();
    }

    @Test
    void aLogIsReadInPagesFromTheFirstLineToTheLast() {
        String log = address(ended(5));

        Answer first = api.viewer().get(log + "?limit=3");
        assertThat(first.at("/items/0/id")).isEqualTo("1-1");
        assertThat(first.at("/items/0/text")).isEqualTo("line 1");
        assertThat(first.at("/items/0/level")).isEqualTo("info");
        assertThat(first.at("/items/2/text")).isEqualTo("line 3");
        assertThat(first.header("Link")).contains("rel=\"next\"");

        Answer second = api.viewer().get(log + "?limit=3&cursor=" + first.at("/next"));
        assertThat(second.json().path("items")).hasSize(2);
        assertThat(second.at("/items/1/text")).isEqualTo("line 5");
        assertThat(second.json().hasNonNull("next")).isFalse();
    }

    @Test
    void badPagesAndUnknownTasksAreRefusedInWords() {
        String log = address(ended(1));

        assertThat(api.viewer().get(log + "?limit=1001").at("/errors/0/pointer"))
                .isEqualTo("/limit");
        assertThat(api.viewer().get(log + "?cursor=bm90LW91cnM").at("/errors/0/pointer"))
                .isEqualTo("/cursor");
        assertThat(api.viewer().get(address(UUID.randomUUID().toString())).code())
                .isEqualTo("task-not-found");
        assertThat(api.viewer().get("/api/v1/tasks/x/log").status()).isEqualTo(400);
        assertThat(api.anonymous().get(log).code()).isEqualTo("sign-in-required");
    }

    @Test
    void theLogOfAnotherWorkspacesTaskCannotBeRead() {
        UUID other = database.sql("insert into workspaces (name) values (?) returning id")
                .param("w" + UUID.randomUUID().toString().substring(0, 8))
                .query(UUID.class)
                .single();
        UUID task = database.sql("select uuidv7()").query(UUID.class).single();
        AttemptLog foreign = logs.open(new LogKey(other, task), 1);
        foreign.add(LogLevel.INFO, "not yours");
        foreign.finish();

        assertThat(api.owner().get(address(task.toString())).code()).isEqualTo("task-not-found");
        assertThat(api.owner().get(address(task.toString()) + "/events").code()).isEqualTo("task-not-found");
    }

    @Test
    void followingShowsLinesWhileTheTaskRunsAndEndsWithIt() throws Exception {
        String id = api.operator().post("/api/v1/tasks", task(2, true)).at("/id");

        try (var stream = follow(api.viewer(), id)) {
            assertThat(next(stream, "id:")).isEqualTo("id:1-1");
            assertThat(next(stream, "data:")).contains("\"text\":\"line 1\"");
            assertThat(next(stream, "id:")).isEqualTo("id:1-2");
            mayGo.countDown();
            assertThat(next(stream, "data:")).contains("\"text\":\"line 2\"");
            assertThat(next(stream, "data:")).contains("\"text\":\"and done\"");
            assertThat(next(stream, "event:")).isEqualTo("event:end");
            assertThat(next(stream, "data:")).isEqualTo("data:{\"state\":\"succeeded\"}");
            assertThat(stream.lines().filter(line -> !line.isBlank())).isEmpty();
        }
    }

    @Test
    void followingGoesOnAfterTheLineThatWasSeenLast() throws Exception {
        String id = ended(5);

        try (var stream = follow(api.viewer().with("Last-Event-ID", "1-4"), id)) {
            assertThat(next(stream, "id:")).isEqualTo("id:1-5");
            assertThat(next(stream, "event:")).isEqualTo("event:line");
            assertThat(next(stream, "event:")).isEqualTo("event:end");
        }
    }

    @Test
    void aStoreThatIsAwayIsNotTheEndOfALog() throws Exception {
        TestRedis redis = TestRedis.startOwn();
        try (OwnApi own = OwnApi.start(TestDatabase.create(), redis)) {
            ApiClient operator = own.api().operator();
            String id = operator.post("/api/v1/tasks", task(1, false)).at("/id");
            try (var stream = follow(operator, id)) {
                assertThat(next(stream, "retry:")).isNotEqualTo("null");
                redis.stop();
                assertThat(operator.post("/api/v1/tasks/" + id + ":cancel", Map.of())
                                .status())
                        .isLessThan(300);
                CompletableFuture<String> end = Streams.background(() -> next(stream, "event:"));
                assertThatThrownBy(() -> end.get(3, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);

                redis.start();

                assertThat(end.get(120, TimeUnit.SECONDS)).isEqualTo("event:end");
                assertThat(next(stream, "data:")).isEqualTo("data:{\"state\":\"cancelled\"}");
            }
        } finally {
            redis.stop();
        }
    }

    @Test
    void hostileWordsArriveAsPlainTextInJson() {
        String id = api.operator()
                .with("Prefer", "wait=30")
                .post("/api/v1/tasks", Map.of("type", "echo", "input", Map.of("message", "hostile")))
                .at("/id");

        assertThat(api.viewer().get(address(id)).at("/items/0/text"))
                .isEqualTo("<script>alert(1)</script> red event: end data: x ***");
    }

    private String ended(int lines) {
        Answer answer = api.operator().with("Prefer", "wait=30").post("/api/v1/tasks", task(lines, false));
        assertThat(answer.at("/state")).isEqualTo("succeeded");
        return answer.at("/id");
    }

    private static Map<String, Object> task(int lines, boolean hold) {
        return Map.of("type", "echo", "input", Map.of("message", hold ? "hold" : "go", "sleepMillis", lines));
    }

    private static String address(String task) {
        return "/api/v1/tasks/%s/log".formatted(task);
    }

    private static BufferedReader follow(ApiClient client, String id) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(client.server().resolve(address(id) + "/events"))
                .timeout(Duration.ofSeconds(30));
        client.headers().forEach(request::header);
        var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private static String next(BufferedReader stream, String prefix) throws IOException {
        String line = stream.readLine();
        while (line != null && !line.startsWith(prefix)) {
            line = stream.readLine();
        }
        return String.valueOf(line);
    }

    /** Says {@code sleepMillis} lines, then, if it should hold, waits until it may go and says that it is done. */
    private final class Talker implements TaskHandler {

        @Override
        public String type() {
            return "echo";
        }

        @Override
        public JsonNode run(TaskContext context) throws Exception {
            JsonNode message = context.input().path("message");
            if (message.asString().equals("hostile")) {
                context.log(
                        "<script>alert(1)</script> \u001b[31mred\u001b[0m event: end data: x bsc_pat_abcdefghijklmnop");
            }
            IntStream.rangeClosed(1, context.input().path("sleepMillis").asInt(0))
                    .forEach(line -> context.log("line " + line));
            if (message.asString().equals("hold")) {
                mayGo.await();
                context.log("and done");
            }
            return message;
        }
    }
}
