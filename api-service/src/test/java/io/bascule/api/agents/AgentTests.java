package io.bascule.api.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.api.MovableClock;
import io.bascule.api.bridges.FakeBridge;
import io.bascule.testsupport.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class AgentTests {

    private final Api api;
    private final MovableClock clock;
    private final JdbcClient jdbc;

    AgentTests(Api api, MovableClock clock, TestDatabase database) {
        this.api = api;
        this.clock = clock;
        this.jdbc = JdbcClient.create(database.dataSource());
    }

    @Test
    void aNewAgentHasNeverJoined() {
        Answer created =
                api.admin().post("/api/v1/agents", Map.of("name", "berlin", "labels", Map.of("site", "Berlin 1")));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.at("/state")).isEqualTo("never-joined");
        assertThat(created.at("/labels/site")).isEqualTo("Berlin 1");
        assertThat(created.json().at("/instances").isEmpty()).isTrue();
        assertThat(created.header("Location")).isEqualTo("/api/v1/agents/" + created.at("/id"));
        assertThat(created.at("/id").charAt(14)).as("version of its UUID").isEqualTo('7');
        assertThat(audited("agent.create", created.at("/id"))).isEqualTo(1);
    }

    @Test
    void anAgentIsFoundByIdAndByName() {
        String id = create("munich");

        assertThat(api.viewer().get("/api/v1/agents/munich").at("/id")).isEqualTo(id);
        assertThat(api.viewer().get("/api/v1/agents/" + id).at("/name")).isEqualTo("munich");
    }

    @Test
    void anUnknownAgentIsNamedInTheProblem() {
        Answer answer = api.viewer().get("/api/v1/agents/atlantis");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("agent-not-found");
        assertThat(answer.at("/detail")).contains("atlantis");
    }

    @Test
    void everyWrongPartOfANewAgentIsPointedAt() {
        Answer answer = api.admin()
                .post("/api/v1/agents", Map.of("name", "No Name!", "labels", Map.of("Site", "x", "ok", "a\nb")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-input");
        assertThat(answer.json()
                        .at("/errors")
                        .valueStream()
                        .map(error -> error.get("pointer").asString()))
                .containsExactlyInAnyOrder("/name", "/labels/Site", "/labels/ok");
    }

    @Test
    void aMissingNameIsPointedAt() {
        Answer answer = api.admin().post("/api/v1/agents", Map.of());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/name");
    }

    @Test
    void aNameIsTakenUntilItsAgentIsRevoked() {
        String first = create("taken");
        Answer second = api.admin().post("/api/v1/agents", Map.of("name", "taken"));
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("agent-name-taken");

        assertThat(api.admin().delete("/api/v1/agents/taken").status()).isEqualTo(204);

        assertThat(create("taken")).isNotEqualTo(first);
        assertThat(api.viewer().get("/api/v1/agents/" + first).at("/state")).isEqualTo("revoked");
        assertThat(audited("agent.revoke", first)).isEqualTo(1);
    }

    @Test
    void operatorsMayReadAgentsButNotCreateThem() {
        Answer answer = api.operator().post("/api/v1/agents", Map.of("name", "nope"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("forbidden");
        assertThat(api.operator().get("/api/v1/agents").status()).isEqualTo(200);
        assertThat(api.anonymous().get("/api/v1/agents").status()).isEqualTo(401);
    }

    @Test
    void agentsAreListedInPagesByName() {
        List.of("page-c", "page-a", "page-d", "page-b").forEach(name -> create(name));

        List<String> names = new ArrayList<>();
        String path = "/api/v1/agents?limit=2";
        while (!path.isEmpty()) {
            Answer page = api.viewer().get(path);
            assertThat(page.status()).isEqualTo(200);
            names.addAll(names(page));
            path = nextPath(page);
        }

        assertThat(names)
                .isSorted()
                .doesNotHaveDuplicates()
                .containsSubsequence("page-a", "page-b", "page-c", "page-d");
    }

    @Test
    void agentsAreFoundByLabelAndText() {
        create("find-berlin", Map.of("find-by", "yes", "site", "mitte"));
        create("find-tokyo", Map.of("find-by", "yes"));

        assertThat(names("?label=find-by=yes")).containsExactly("find-berlin", "find-tokyo");
        assertThat(names("?label=find-by=yes&label=site=mitte")).containsExactly("find-berlin");
        assertThat(names("?q=FIND-T")).containsExactly("find-tokyo");
        assertThat(names("?q=find-&limit=1")).containsExactly("find-berlin");
        assertThat(names("?q=%25")).isEmpty();
        assertThat(api.viewer().get("/api/v1/agents?label=nonsense").at("/errors/0/pointer"))
                .isEqualTo("/label");
    }

    @Test
    void aLimitOutOfRangeAndAForeignCursorAreRefused() {
        assertThat(api.viewer().get("/api/v1/agents?limit=0").code()).isEqualTo("invalid-input");
        assertThat(api.viewer().get("/api/v1/agents?limit=1000").at("/detail")).contains("1 to 200");
        assertThat(api.viewer().get("/api/v1/agents?cursor=%21%21").at("/errors/0/pointer"))
                .isEqualTo("/cursor");
    }

    @Test
    void anAgentIsOnlineWhileABridgeNamesIt() {
        String agent = joined("online");
        assertThat(state(agent)).isEqualTo("offline");

        FakeBridge bridge = FakeBridge.up(api, clock, agent);

        Answer answer = api.viewer().get("/api/v1/agents/" + agent);
        assertThat(answer.at("/state")).isEqualTo("online");
        assertThat(answer.at("/instances/0/instance")).isEqualTo("main");
        assertThat(answer.at("/instances/0/version")).isEqualTo("1.0.0");
        assertThat(answer.at("/instances/0/bridges/0")).isEqualTo(bridge.id());

        bridge.expect(bridge.disconnects(agent));
        assertThat(state(agent)).isEqualTo("offline");
        assertThat(api.viewer().get("/api/v1/agents/" + agent).at("/lastSeenAt"))
                .isNotEmpty();
    }

    @Test
    void anAgentIsOfflineTenSecondsAfterItsBridgeFellSilent() {
        String agent = joined("silent");
        FakeBridge.up(api, clock, agent);

        clock.advance(java.time.Duration.ofSeconds(11));

        assertThat(state(agent)).isEqualTo("offline");
    }

    @Test
    void agentsAreFoundByWhereTheyAreHoweverManyOthersStandBefore() {
        String online = joined("where-a-online");
        for (int i = 0; i < 3 * 201; i++) {
            create("where-b-%03d".formatted(i), Map.of());
        }
        joined("where-c-offline");
        FakeBridge.up(api, clock, online);

        assertThat(names("?q=where-&state=online")).containsExactly("where-a-online");
        assertThat(names("?q=where-&state=offline")).containsExactly("where-c-offline");
        assertThat(names("?q=where-b&state=never-joined&limit=200")).hasSize(200);
        Answer page = api.viewer().get("/api/v1/agents?q=where-b-2&state=never-joined&limit=99");
        assertThat(names("?q=where-b-2&state=never-joined&limit=99&cursor=" + page.at("/next")))
                .containsExactly("where-b-299");
        assertThat(api.viewer().get("/api/v1/agents?state=asleep").at("/errors/0/pointer"))
                .isEqualTo("/state");
    }

    @Test
    void theSummaryCountsAgentsByWhereTheyAreAndWhatElseThereIs() {
        Answer before = api.viewer().get("/api/v1/summary");

        create("counted-new");
        joined("counted-offline");
        String online = joined("counted-online");
        FakeBridge.up(api, clock, online);
        api.admin()
                .post(
                        "/api/v1/resources",
                        Map.of("name", "counted", "kind", "tcp", "agent", online, "host", "h", "port", 1));

        Answer after = api.viewer().get("/api/v1/summary");
        assertThat(more(before, after, "/agents/neverJoined")).isEqualTo(1);
        assertThat(more(before, after, "/agents/online")).isEqualTo(1);
        assertThat(more(before, after, "/agents/offline")).isEqualTo(1);
        assertThat(more(before, after, "/resources")).isEqualTo(1);
        assertThat(api.anonymous().get("/api/v1/summary").status()).isEqualTo(401);
    }

    private static int more(Answer before, Answer after, String pointer) {
        return after.json().at(pointer).intValue() - before.json().at(pointer).intValue();
    }

    @Test
    void aBridgeIsToldToDisconnectARevokedAgent() {
        String agent = joined("to-revoke");
        FakeBridge bridge = FakeBridge.up(api, clock, agent);
        api.admin().delete("/api/v1/agents/" + agent);

        Answer answer = bridge.expect(bridge.full(agent));

        assertThat(answer.at("/disconnect/0")).isEqualTo(agent);
    }

    private String create(String name) {
        return create(name, Map.of());
    }

    private String create(String name, Map<String, String> labels) {
        Answer created = api.admin().post("/api/v1/agents", Map.of("name", name, "labels", labels));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created.at("/id");
    }

    private String joined(String name) {
        return JoiningAgent.joined(api, clock, name);
    }

    private String state(String agent) {
        return api.viewer().get("/api/v1/agents/" + agent).at("/state");
    }

    private List<String> names(String query) {
        return names(api.viewer().get("/api/v1/agents" + query));
    }

    private static List<String> names(Answer page) {
        return page.json()
                .at("/items")
                .valueStream()
                .map(agent -> agent.get("name").asString())
                .toList();
    }

    private String nextPath(Answer page) {
        if (page.json().at("/next").isMissingNode() || page.json().at("/next").isNull()) {
            return "";
        }
        assertThat(page.header("Link")).contains("rel=\"next\"").contains("cursor=" + page.at("/next"));
        return "/api/v1/agents?limit=2&cursor=" + page.at("/next");
    }

    private long audited(String action, String target) {
        return jdbc.sql("select count(*) from audit_events where action = ? and target_id = ?")
                .params(action, target)
                .query(Long.class)
                .single();
    }
}
