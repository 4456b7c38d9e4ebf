package io.bascule.tasks.handlers.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.bascule.tasks.handlers.TaskOnPaper;
import io.bascule.tasks.worker.TaskFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** With an API that answers what the test says, one answer a call. */
@Timeout(60)
class ApiTaskSecretsTests {

    private record Scripted(int status, String body) {}

    private final BlockingQueue<Scripted> answers = new LinkedBlockingQueue<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final TaskOnPaper task = TaskOnPaper.of("{}", Map.of());
    private HttpServer server;
    private ApiTaskSecrets secrets;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            asked.add(call.getRequestURI() + " "
                    + new String(call.getRequestBody().readAllBytes(), UTF_8));
            Scripted answer = answers.remove();
            byte[] body = answer.body().getBytes(UTF_8);
            call.sendResponseHeaders(answer.status(), body.length);
            call.getResponseBody().write(body);
            call.close();
        });
        server.start();
        URI api = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        secrets = new ApiTaskSecrets(api, () -> "token", JsonMapper.shared());
    }

    @AfterEach
    void stop() {
        secrets.close();
        server.stop(0);
    }

    @Test
    void theAttemptAsksForItsSecretsByName() throws Exception {
        answers.add(new Scripted(200, "{\"values\": {\"DB\": \"sesame\"}}"));

        assertThat(secrets.open(task, Set.of("DB"))).containsExactly(Map.entry("DB", "sesame"));
        assertThat(asked)
                .containsExactly(
                        "/internal/tasks/%s/secrets {\"attempt\":1,\"names\":[\"DB\"]}".formatted(task.task()));
    }

    @Test
    void theAttemptWaitsWhileTheApiIsAwayAndSaysSoOnce() throws Exception {
        answers.add(new Scripted(503, "{\"code\": \"store-unavailable\"}"));
        answers.add(new Scripted(500, "<html>"));
        answers.add(new Scripted(401, "{\"code\": \"unauthorized\"}"));
        answers.add(new Scripted(200, "{\"values\": {\"DB\": \"sesame\"}}"));

        assertThat(secrets.open(task, Set.of("DB"))).containsKey("DB");
        assertThat(asked).hasSize(4);
        assertThat(task.said()).containsExactly("Waiting for the API, which opens secrets and is away");
    }

    @Test
    void aWaitEndsWithTheAttempt() throws Exception {
        server.stop(0);
        var thrown = new AtomicReference<Throwable>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                secrets.open(task, Set.of("DB"));
            } catch (TaskFailure | InterruptedException end) {
                thrown.set(end);
            }
        });

        waiting.interrupt();
        waiting.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void whatWaitingWillNotChangeFailsTheTaskForGoodAndNamesTheSecret() {
        answers.add(new Scripted(404, "{\"code\": \"secret-not-found\", \"detail\": \"There is no secret DB\"}"));

        assertThatThrownBy(() -> secrets.open(task, Set.of("DB")))
                .isInstanceOfSatisfying(TaskFailure.class, failure -> {
                    assertThat(failure.isRetryable()).isFalse();
                    assertThat(failure.error().code()).isEqualTo("secret-not-found");
                    assertThat(failure.error().message()).isEqualTo("There is no secret DB");
                });
    }

    @Test
    void whatAnOlderApiDoesNotKnowIsTriedAgain() {
        answers.add(new Scripted(404, "{\"code\": \"not-found\", \"detail\": \"There is nothing at this address\"}"));

        assertThatThrownBy(() -> secrets.open(task, Set.of("DB")))
                .isInstanceOfSatisfying(
                        TaskFailure.class,
                        failure -> assertThat(failure.isRetryable()).isTrue());
    }
}
