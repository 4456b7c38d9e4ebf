package io.bascule.api.scaling.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiClient;
import io.bascule.api.OwnApi;
import io.bascule.api.caller.Role;
import io.bascule.scaling.Memory;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.TestDatabase;
import io.bascule.testsupport.TestRedis;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people read of replicas and decisions, at API pods that come and go. */
@Timeout(300)
class ReplicasTests {

    private static final String SCALING = "/api/v1/scaling";
    private static final String DECISIONS = "/api/v1/scaling/decisions";
    private static final String[] FAST = {
        "--bascule.scaling.every=200ms", "--bascule.gauges.lease=3s", "--bascule.gauges.scrape-interval=200ms"
    };

    private final TestDatabase stored = TestDatabase.create();
    private final DataSource connections = stored.dataSource();
    private final JdbcClient database = JdbcClient.create(connections);

    /** Signed in at the first pod, and so at all of them. */
    private ApiClient viewer = new ApiClient(URI.create("http://127.0.0.1"), Map.of());

    private ApiClient at(OwnApi pod) {
        return new ApiClient(pod.api().server(), viewer.headers());
    }

    private OwnApi pod() {
        return OwnApi.start(stored, TestRedis.shared(), FAST);
    }

    private void workers(String lane, int count) {
        database.sql("delete from task_workers where lane = ?").param(lane).update();
        for (int i = 0; i < count; i++) {
            database.sql("insert into task_workers values (?, ?, 16, 0, clock_timestamp() + interval '1 h')")
                    .params(lane + i, lane)
                    .update();
        }
    }

    /** A step goes by the database's clock, which no test can move on; so what it remembers is moved back. */
    private void remembersAsIfLater(int seconds) {
        var store = new JdbcScaling(database, JsonMapper.shared());
        new TransactionTemplate(new JdbcTransactionManager(connections))
                .executeWithoutResult(_ -> store.lockedStates().forEach(state -> store.keep(earlier(state, seconds))));
    }

    private static ComponentState earlier(ComponentState state, int seconds) {
        var memory = new Memory(
                state.memory().wishes().stream()
                        .map(wish -> new Memory.Wish(wish.at() - seconds, wish.pods()))
                        .toList(),
                state.memory().changes().stream()
                        .map(change -> new Memory.Change(change.at() - seconds, change.by()))
                        .toList());
        return new ComponentState(
                state.component(),
                state.observedAt(),
                state.pods(),
                state.desired(),
                state.hold(),
                state.signals(),
                memory);
    }

    private static JsonNode replicas(ApiClient viewer, String component) {
        Answer answer = viewer.get(SCALING);
        assertThat(answer.status()).isEqualTo(200);
        return StreamSupport.stream(answer.json().path("items").spliterator(), false)
                .filter(item -> item.path("component").asString().equals(component))
                .findFirst()
                .orElseThrow()
                .path("replicas");
    }

    @Test
    void aBacklogIsDecidedAboutOnceWhicheverPodsLiveAndRememberedByTheNext() {
        workers("instant", 2);
        try (OwnApi first = pod();
                OwnApi second = pod()) {
            Api api = first.api();
            viewer = api.viewer();
            var task = Map.of("type", "echo");
            Answer accepted =
                    api.operator().post("/api/v1/tasks:batch", Map.of("items", Collections.nCopies(18, task)));
            assertThat(accepted.text()).doesNotContain("problem");
            Await.until(() -> replicas(viewer, "instant-worker").path("desired").asInt(0) == 4);

            JsonNode seen = replicas(at(second), "instant-worker");
            assertThat(seen.path("current").asInt()).isEqualTo(2);
            assertThat(seen.at("/signals/0/value").asInt()).isEqualTo(18);
            assertThat(seen.at("/signals/0/wanted").asInt()).isEqualTo(4);
            assertThat(seen.path("reason").asString()).isEqualTo("as many as are asked for");
            assertThat(replicas(viewer, "api-service").path("desired").isNumber())
                    .isFalse();
            assertThat(replicas(viewer, "custom-code-runner").path("current").isNumber())
                    .isFalse();
            assertThat(instantDecisions(viewer)).isEqualTo(List.of("2→4"));
        }

        try (OwnApi next = pod()) {
            Instant now = Instant.now();
            Await.until(() -> observedAt(at(next)).isAfter(now));
            database.sql("delete from task_live").update();
            Await.until(() -> replicas(at(next), "instant-worker")
                    .path("reason")
                    .asString()
                    .contains("window"));
            remembersAsIfLater(61);
            Await.until(() -> "4→3".equals(instantDecisions(at(next)).getFirst()));

            assertThat(instantDecisions(at(next))).contains("2→4");
        }
    }

    private static Instant observedAt(ApiClient viewer) {
        return Instant.parse(
                replicas(viewer, "instant-worker").path("observedAt").asString());
    }

    private static List<String> instantDecisions(ApiClient viewer) {
        Answer answer = viewer.get(DECISIONS + "?component=instant-worker");
        assertThat(answer.status()).isEqualTo(200);
        return StreamSupport.stream(answer.json().path("items").spliterator(), false)
                .map(item -> item.path("from").asInt() + "→" + item.path("to").asInt())
                .toList();
    }

    @Test
    void figuresOfThePlatformAreForTheWorkspaceDefaultAlone() {
        try (OwnApi pod = OwnApi.start(stored, TestRedis.shared(), "--bascule.scaling.every=1h")) {
            database.sql("""
                insert into scaling_states (component, observed_at, pods, desired, hold, signals, memory)
                values ('queued-worker', now(), 2, 7, 'NOTHING', '[]', '{"wishes":[],"changes":[]}')\
                """).update();
            Api api = pod.api();
            assertThat(replicas(api.viewer(), "queued-worker").path("desired").asInt())
                    .isEqualTo(7);
            api.newUser("stranger", Role.OWNER);
            database.sql("""
                with elsewhere as (insert into workspaces (name) values ('elsewhere') returning id)
                update memberships set workspace_id = (select id from elsewhere)
                where user_id = (select id from users where username = 'stranger')\
                """).update();
            ApiClient stranger = api.signIn("stranger", Api.PASSWORD);

            Answer list = stranger.get(SCALING);
            assertThat(list.status()).isEqualTo(200);
            assertThat(list.json().path("items"))
                    .isNotEmpty()
                    .allSatisfy(
                            item -> assertThat(item.path("replicas").isObject()).isFalse());
            for (String path : List.of("/decisions", "/recorded-load?component=queued-worker")) {
                Answer refused = stranger.get(SCALING + path);
                assertThat(refused.status()).isEqualTo(403);
                assertThat(refused.code()).isEqualTo("forbidden");
            }
        }
    }

    @Test
    void decisionsComeInPagesNewestFirst() {
        try (OwnApi pod = OwnApi.start(stored, TestRedis.shared(), "--bascule.scaling.every=1h")) {
            for (int i = 1; i <= 5; i++) {
                database.sql("""
                    insert into scaling_decisions
                        (component, decided_at, from_pods, to_pods, live_pods, signal, value, wanted, hold)
                    values ('queued-worker', now(), ?, ?, 2, 'queued_tasks_workers_required', 7, 9, 'STEPS')\
                    """).params(i, i + 1).update();
            }
            Api api = pod.api();
            viewer = api.viewer();

            Answer page = api.viewer().get(DECISIONS + "?limit=3");
            assertThat(page.at("/items/0/to")).isEqualTo("6");
            assertThat(page.at("/items/0/reason")).isEqualTo("9 are asked for; no more may come at once");
            Answer rest = api.viewer().get(DECISIONS + "?limit=3&cursor=" + page.at("/next"));
            assertThat(rest.json().path("items")).hasSize(2);
            assertThat(rest.at("/items/1/to")).isEqualTo("2");
            assertThat(api.anonymous().get(DECISIONS).status()).isEqualTo(401);
            assertThat(api.viewer().get(DECISIONS + "?component=web-ui").json().path("items"))
                    .isEmpty();

            assertThat(replicas(viewer, "queued-worker").isObject())
                    .as("before the first step")
                    .isFalse();
        }
    }
}
