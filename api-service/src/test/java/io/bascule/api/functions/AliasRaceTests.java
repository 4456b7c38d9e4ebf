package io.bascule.api.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.ApiClient;
import io.bascule.api.OwnApi;
import io.bascule.testsupport.TestDatabase;
import io.bascule.testsupport.TestRedis;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;

/** Two pods of the API that change the aliases of one function at once. */
@Timeout(120)
class AliasRaceTests {

    private static final String SOURCE = "const handler = (input) => input;";

    private static OwnApi first;
    private static OwnApi second;

    @BeforeAll
    static void startPods() {
        TestDatabase database = TestDatabase.create();
        first = OwnApi.start(database, TestRedis.shared());
        second = OwnApi.start(database, TestRedis.shared());
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
    }

    @RepeatedTest(10)
    void ofTwoWhoMoveAnAliasFromTheSameStateOneDoes(RepetitionInfo repetition) throws Exception {
        String function = function("moved-" + repetition.getCurrentRepetition(), 3);
        String live = function + "/aliases/live";
        String seen = pod(first).get(live).header("ETag");

        List<Answer> answers = atOnce(
                () -> pod(first).with("If-Match", seen).put(live, Map.of("version", 1)),
                () -> pod(second).with("If-Match", seen).put(live, Map.of("version", 2)));

        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 412);
        String winner = answers.get(0).status() == 200 ? "1" : "2";
        assertThat(pod(first).get(live).at("/version")).isEqualTo(winner);
    }

    @RepeatedTest(10)
    void aRollBackThatMeetsADeployHasSeenItOrComesBeforeIt(RepetitionInfo repetition) throws Exception {
        String function = function("deployed-" + repetition.getCurrentRepetition(), 2);
        String live = function + "/aliases/live";
        String seen = pod(first).get(live).header("ETag");

        List<Answer> answers = atOnce(
                () -> pod(first).with("If-Match", seen).put(live, Map.of("version", 1)),
                () -> pod(second).post(function + "/versions", Map.of("source", SOURCE)));

        assertThat(answers.get(0).status()).isIn(200, 412);
        assertThat(answers.get(1).status()).isEqualTo(201);
        assertThat(pod(first).get(live).at("/version")).as("in either order").isEqualTo("3");
    }

    @RepeatedTest(5)
    void theLastPlaceForAnAliasIsTakenOnce(RepetitionInfo repetition) throws Exception {
        String function = function("full-" + repetition.getCurrentRepetition(), 1);
        for (int number = 1; number < 19; number++) {
            pod(first).put(function + "/aliases/a" + number, Map.of("version", 1));
        }

        List<Answer> answers = atOnce(
                () -> pod(first).put(function + "/aliases/mine", Map.of("version", 1)),
                () -> pod(second).put(function + "/aliases/theirs", Map.of("version", 1)));

        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(201, 409);
        assertThat(pod(second).get(function + "/aliases").json().path("items")).hasSize(20);
    }

    private static String function(String name, int versions) {
        pod(first).post("/api/v1/functions", Map.of("name", name, "source", SOURCE));
        String path = "/api/v1/functions/" + name;
        for (int version = 2; version <= versions; version++) {
            pod(first).post(path + "/versions", Map.of("source", SOURCE));
        }
        return path;
    }

    /** The owner at that pod: users of both come from one database, where only one pod may create them. */
    private static ApiClient pod(OwnApi pod) {
        return pod.api().owner();
    }

    private static List<Answer> atOnce(Supplier<Answer> one, Supplier<Answer> other) throws Exception {
        first.api().owner();
        second.api().owner();
        var both = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer> left = threads.submit(() -> {
                both.await();
                return one.get();
            });
            Future<Answer> right = threads.submit(() -> {
                both.await();
                return other.get();
            });
            return List.of(left.get(), right.get());
        }
    }
}
