package io.bascule.api.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class BatchTests {

    private static final String BATCH = "/api/v1/tasks:batch";

    private final Api api;
    private final JdbcClient database;

    BatchTests(Api api, JdbcClient database) {
        this.api = api;
        this.database = database;
    }

    @Test
    void eachItemIsAnsweredInItsPlaceAndABadOneDoesNotHinderTheOthers() {
        Answer answer = api.operator()
                .post(
                        BATCH,
                        batch(
                                echo("first"),
                                Map.of("type", "dance"),
                                echo("third"),
                                Map.of("type", "echo", "queue", "nowhere"),
                                Map.of("type", "echo", "input", Map.of("sleepMillis", "long"))));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/items").findValuesAsString("status"))
                .containsExactly("202", "400", "202", "404", "400");
        assertThat(answer.at("/items/0/task/input/message")).isEqualTo("first");
        assertThat(answer.at("/items/1/problem/code")).isEqualTo("unknown-task-type");
        assertThat(answer.at("/items/2/task/input/message")).isEqualTo("third");
        assertThat(answer.at("/items/3/problem/code")).isEqualTo("queue-not-found");
        assertThat(answer.at("/items/4/problem/errors/0/pointer")).isEqualTo("/input/sleepMillis");
        assertThat(api.viewer()
                        .get("/api/v1/tasks/" + answer.at("/items/2/task/id"))
                        .at("/state"))
                .isEqualTo("waiting");
    }

    @Test
    void everyAcceptedItemIsAudited() {
        Answer answer = api.operator().post(BATCH, batch(echo("a"), echo("b"), Map.of("type", "dance")));

        for (String id : List.of(answer.at("/items/0/task/id"), answer.at("/items/1/task/id"))) {
            assertThat(database.sql("select count(*) from audit_events where action = 'task.submit' and target_id = ?")
                            .param(id)
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
        }
    }

    @Test
    void aRepeatedBatchIsAnsweredWithTheSameTasks() {
        var keyed = api.operator().with("Idempotency-Key", UUID.randomUUID().toString());
        Answer first = keyed.post(BATCH, batch(echo("a"), echo("b")));

        Answer again = keyed.post(BATCH, batch(echo("a"), echo("b")));

        assertThat(again.at("/items/0/task/id")).isEqualTo(first.at("/items/0/task/id"));
        assertThat(again.at("/items/1/task/id")).isEqualTo(first.at("/items/1/task/id"));
    }

    @Test
    void aDifferentBatchUnderTheSameKeyStoresNothing() {
        var keyed = api.operator().with("Idempotency-Key", UUID.randomUUID().toString());
        assertThat(keyed.post(BATCH, batch(echo("a"))).status()).isEqualTo(200);
        String word = UUID.randomUUID().toString();

        Answer answer = keyed.post(
                BATCH, batch(echo("a"), Map.of("type", "echo", "dedupe", word, "input", Map.of("message", "b"))));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("idempotency-key-reused");
        assertThat(database.sql("select count(*) from task_live where dedupe = ?")
                        .param(word)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void itemsWithTheSameDedupeWordAreOneTask() {
        Map<String, String> item =
                Map.of("type", "echo", "dedupe", UUID.randomUUID().toString());

        Answer answer = api.operator().post(BATCH, batch(item, item));

        assertThat(answer.at("/items/1/task/id")).isEqualTo(answer.at("/items/0/task/id"));
    }

    @Test
    void aBatchHasOneToAThousandItems() {
        assertThat(api.operator()
                        .post(BATCH, Map.of("items", Collections.nCopies(1000, Map.of("type", "echo"))))
                        .json()
                        .at("/items")
                        .size())
                .isEqualTo(1000);
        assertThat(api.operator()
                        .post(BATCH, Map.of("items", Collections.nCopies(1001, Map.of("type", "echo"))))
                        .at("/errors/0/pointer"))
                .isEqualTo("/items");
        assertThat(api.operator().post(BATCH, batch()).at("/errors/0/pointer")).isEqualTo("/items");
        assertThat(api.operator()
                        .post(BATCH, batch(Map.of("type", "echo", "priority", 5000)))
                        .at("/errors/0/pointer"))
                .isEqualTo("/items/0/priority");
    }

    @Test
    void aViewerSubmitsNothing() {
        assertThat(api.viewer().post(BATCH, batch(echo("a"))).code()).isEqualTo("forbidden");
    }

    private static Map<String, Object> batch(Object... items) {
        return Map.of("items", List.of(items));
    }

    private static Map<String, Object> echo(String message) {
        return Map.of("type", "echo", "input", Map.of("message", message));
    }
}
