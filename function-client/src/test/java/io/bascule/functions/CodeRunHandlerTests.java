package io.bascule.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.bascule.protocol.runner.v1.BundleProblem;
import io.bascule.protocol.runner.v1.Failure;
import io.bascule.protocol.runner.v1.LimitHit;
import io.bascule.protocol.runner.v1.Result;
import io.bascule.protocol.runner.v1.RunEvent;
import io.bascule.protocol.runner.v1.RunRequest;
import io.bascule.protocol.runner.v1.RunnerGrpc;
import io.bascule.protocol.runner.v1.Runtime;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskFailure;
import io.bascule.tasks.worker.TaskHandler;
import io.bascule.tasks.worker.TaskSecrets;
import io.bascule.testsupport.TestDatabase;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a task's input to a function's result, with a real database and a runner that answers as it is told. */
@TestInstance(Lifecycle.PER_CLASS)
class CodeRunHandlerTests {

    private static final TaskSecrets OPENED = (_, names) -> {
        if (names.contains("GONE")) {
            throw TaskFailure.forGood("secret-not-found", "There is no secret GONE");
        }
        if (names.contains("OF_ANOTHER_VERSION")) {
            throw TaskFailure.forGood("secret-not-allowed", "The version does not declare it");
        }
        return names.stream().collect(Collectors.toMap(name -> name, name -> "value of " + name));
    };

    private static final ResourceTunnels NO_TUNNELS = (_, _) -> {
        throw TaskFailure.forGood("no-tunnels", "There are none here");
    };

    private final AtomicReference<Result> answer = new AtomicReference<>();
    private final AtomicReference<RunRequest> asked = new AtomicReference<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private JdbcClient jdbc;
    private UUID workspace;
    private Server server;
    private Runners runners;
    private CodeRunHandler handler;

    @BeforeAll
    void aFunctionExists() throws Exception {
        jdbc = JdbcClient.create(TestDatabase.create().dataSource());
        workspace = jdbc.sql("select id from workspaces where name = 'default'")
                .query(UUID.class)
                .single();
        UUID author = jdbc.sql("insert into users (username, password_hash) values ('author', '-') returning id")
                .query(UUID.class)
                .single();
        UUID function = jdbc.sql("insert into functions (workspace_id, name, runtime, latest_version)"
                        + " values (:workspace, 'add', 'javascript', 2) returning id")
                .param("workspace", workspace)
                .query(UUID.class)
                .single();
        for (int version = 1; version <= 2; version++) {
            jdbc.sql(
                            "insert into function_versions (function_id, version, source, timeout_seconds, memory_mib, created_by)"
                                    + " values (:function, :version, :source, 7, 128, :author)")
                    .param("function", function)
                    .param("version", version)
                    .param("source", "source " + version)
                    .param("author", author)
                    .update();
        }
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(new AnsweringRunner())
                .build()
                .start();
        runners = new Runners(List.of("127.0.0.1:" + server.getPort()));
        handler = new CodeRunHandler(
                new FunctionVersions(jdbc),
                NO_TUNNELS,
                new RunFunction(runners, () -> "token", Duration.ofSeconds(5), System::nanoTime));
    }

    @AfterAll
    void stop() {
        runners.close();
        server.shutdownNow();
    }

    @Test
    void theLatestVersionRunsWithItsSettingsAndItsResultIsTheTasks() throws Exception {
        answer.set(Result.newBuilder()
                .setOutput(ByteString.copyFromUtf8("{\"sum\":42}"))
                .build());

        JsonNode result = handler.run(task("{\"function\":\"add\",\"input\":{\"a\":2}}"));

        assertThat(result.path("sum").asInt()).isEqualTo(42);
        assertThat(asked.get().getFunction().getSource()).isEqualTo("source 2");
        assertThat(asked.get().getInput().toStringUtf8()).isEqualTo("{\"a\":2}");
        assertThat(asked.get().getLimits().getWallMillis()).isEqualTo(7_000);
        assertThat(asked.get().getLimits().getMemoryMib()).isEqualTo(128);
        handler.run(task("{\"function\":\"add\",\"version\":1}"));
        assertThat(asked.get().getFunction().getSource()).isEqualTo("source 1");
        assertThat(asked.get().getInput().toStringUtf8()).isEqualTo("null");
    }

    @Test
    void anAliasIsLookedUpWithEachAttemptWhichSaysWhatItGot() throws Exception {
        answer.set(Result.newBuilder().setOutput(ByteString.copyFromUtf8("1")).build());
        said.clear();
        point("live", 1);
        point("staging", 2);
        try {
            handler.run(task("{\"function\":\"add\"}"));
            assertThat(asked.get().getFunction().getSource()).isEqualTo("source 1");
            handler.run(task("{\"function\":\"add\",\"alias\":\"staging\"}"));
            assertThat(asked.get().getFunction().getSource()).isEqualTo("source 2");
            point("live", 2);
            handler.run(task("{\"function\":\"add\"}"));
            assertThat(asked.get().getFunction().getSource()).isEqualTo("source 2");
            assertThat(said)
                    .containsExactly(
                            "Version 1 of add, which is live",
                            "Version 2 of add, which is staging",
                            "Version 2 of add, which is live");
            said.clear();
            handler.run(task("{\"function\":\"add\",\"version\":1}"));
            assertThat(said).as("the input says it").isEmpty();
            assertThat(failure("{\"function\":\"add\",\"alias\":\"none\"}")
                            .error()
                            .message())
                    .isEqualTo("There is no function add with an alias none");
        } finally {
            jdbc.sql("delete from function_aliases").update();
        }
    }

    private void point(String alias, int version) {
        jdbc.sql("""
                        insert into function_aliases (function_id, name, version, held_at, revision, updated_by)
                        select id, :alias, :version, case when :alias = 'live' then latest_version end, 1,
                          (select id from users where username = 'author') from functions
                        on conflict (function_id, name) do update set version = excluded.version
                        """).param("alias", alias).param("version", version).update();
    }

    @Test
    void aFunctionInPythonIsRunAsPython() throws Exception {
        answer.set(Result.newBuilder().setOutput(ByteString.copyFromUtf8("1")).build());
        jdbc.sql("update functions set runtime = 'python'").update();
        handler.run(task("{\"function\":\"add\"}"));
        assertThat(asked.get().getFunction().getRuntime()).isEqualTo(Runtime.RUNTIME_PYTHON);
        jdbc.sql("update functions set runtime = 'javascript'").update();
        handler.run(task("{\"function\":\"add\"}"));
        assertThat(asked.get().getFunction().getRuntime()).isEqualTo(Runtime.RUNTIME_JAVASCRIPT);
    }

    @Test
    void aBundleIsHandedOverInsteadOfItsMainFilesText() throws Exception {
        answer.set(Result.newBuilder().setOutput(ByteString.copyFromUtf8("1")).build());
        jdbc.sql(
                        "update function_versions set bundle = 'zip'::bytea, main = 'lib/main.js', bundle_files = '[]' where version = 2")
                .update();
        try {
            handler.run(task("{\"function\":\"add\"}"));

            assertThat(asked.get().getFunction().getBundle().toStringUtf8()).isEqualTo("zip");
            assertThat(asked.get().getFunction().getMain()).isEqualTo("lib/main.js");
            assertThat(asked.get().getFunction().getSource()).isEmpty();
            answer.set(notBuilt("package-lock.json:2: no", false));
            assertThat(failure("{\"function\":\"add\"}").error().code()).isEqualTo("bundle-not-built");
            assertThat(failure("{\"function\":\"add\"}").error().message()).isEqualTo("package-lock.json:2: no");
            answer.set(notBuilt("The registry is away", true));
            assertThat(failure("{\"function\":\"add\"}").error().code()).isEqualTo("bundle-unavailable");
        } finally {
            jdbc.sql("update function_versions set bundle = null, main = null, bundle_files = null")
                    .update();
        }
    }

    private static Result notBuilt(String message, boolean passing) {
        return Result.newBuilder()
                .setBundleProblem(BundleProblem.newBuilder().setMessage(message).setPassing(passing))
                .build();
    }

    @Test
    void whatGoesWrongHasACode() {
        answer.set(Result.newBuilder()
                .setFailure(Failure.newBuilder().setName("Error").setMessage("no"))
                .build());
        assertThat(failure("{\"function\":\"add\"}").error().code()).isEqualTo("function-failed");
        answer.set(Result.newBuilder()
                .setFailure(Failure.newBuilder()
                        .setName("SyntaxError")
                        .setMessage("no (line 40: why)")
                        .setStack("function.js:1\nSyntaxError: no"))
                .build());
        assertThat(failure("{\"function\":\"add\"}").error().message())
                .isEqualTo("SyntaxError: no (line 40: why)\nfunction.js:1\nSyntaxError: no");
        answer.set(Result.newBuilder()
                .setLimit(LimitHit.newBuilder().setKind(LimitHit.Kind.WALL_TIME).setAllowed(7_000))
                .build());
        assertThat(failure("{\"function\":\"add\"}").error().code()).isEqualTo("limit-wall-time");
        assertThat(failure("{\"function\":\"other\"}").error().code()).isEqualTo("function-not-found");
        assertThat(failure("{\"function\":\"add\",\"version\":3}").error().message())
                .contains("version 3");
    }

    @Test
    void aWorkerWithoutRunnersSaysWhatToConfigure() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(FunctionClientAutoConfiguration.class))
                .withBean(JdbcClient.class, () -> jdbc)
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(TaskHandler.class).run(task("{\"function\":\"add\"}")))
                        .hasMessageContaining("bascule.runner.targets"));
    }

    @Test
    void aFunctionGetsTheSecretsThatItsVersionDeclaresAndNoOthers() throws Exception {
        answer.set(Result.newBuilder().setOutput(ByteString.copyFromUtf8("1")).build());
        jdbc.sql("update function_versions set secrets = '{DB_PASSWORD}' where version = 2")
                .update();

        handler.run(task("{\"function\":\"add\",\"input\":{\"secret\":\"OTHER\"}}"));
        assertThat(asked.get().getSecretsMap()).containsExactly(Map.entry("DB_PASSWORD", "value of DB_PASSWORD"));

        handler.run(task("{\"function\":\"add\",\"version\":1}"));
        assertThat(asked.get().getSecretsMap()).isEmpty();
        jdbc.sql("update function_versions set secrets = '{GONE}' where version = 2")
                .update();
        assertThat(failure("{\"function\":\"add\"}").error().message()).contains("GONE");
        jdbc.sql("update function_versions set secrets = '{}'").update();
    }

    @Test
    void aRunnerIsToldTheResourcesThatTheVersionNames() throws Exception {
        answer.set(Result.newBuilder().setOutput(ByteString.copyFromUtf8("1")).build());
        jdbc.sql("update function_versions set resources = '{shop}' where version = 2")
                .update();

        handler.run(task("{\"function\":\"add\"}"));
        assertThat(asked.get().getResourcesList()).containsExactly("shop");

        handler.run(task("{\"function\":\"add\",\"version\":1}"));
        assertThat(asked.get().getResourcesList()).isEmpty();
        jdbc.sql("update function_versions set resources = '{}'").update();
    }

    @Test
    void aDeployBetweenReadingTheLatestVersionAndOpeningItsSecretsIsTriedAgain() {
        jdbc.sql("update function_versions set secrets = '{OF_ANOTHER_VERSION}'")
                .update();

        assertThat(failure("{\"function\":\"add\"}").isRetryable()).isTrue();
        assertThat(failure("{\"function\":\"add\",\"version\":1}").isRetryable())
                .as("control: a version stays what it is")
                .isFalse();
        jdbc.sql("update function_versions set secrets = '{}'").update();
    }

    private TaskFailure failure(String input) {
        var thrown = new AtomicReference<TaskFailure>();
        assertThatThrownBy(() -> handler.run(task(input))).isInstanceOfSatisfying(TaskFailure.class, thrown::set);
        return thrown.get();
    }

    private TaskContext task(String input) {
        return new TaskOnPaper(UUID.randomUUID(), workspace, JsonMapper.shared().readTree(input), OPENED, said::add);
    }

    private final class AnsweringRunner extends RunnerGrpc.RunnerImplBase {

        @Override
        public void run(RunRequest request, StreamObserver<RunEvent> answers) {
            asked.set(request);
            answers.onNext(RunEvent.newBuilder().setResult(answer.get()).build());
            answers.onCompleted();
        }
    }
}
