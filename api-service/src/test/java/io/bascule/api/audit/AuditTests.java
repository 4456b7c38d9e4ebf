package io.bascule.api.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiClient;
import io.bascule.api.ApiTest;
import io.bascule.api.caller.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ApiTest
class AuditTests {

    private final Api api;
    private final JdbcClient jdbc;

    AuditTests(Api api, JdbcClient jdbc) {
        this.api = api;
        this.jdbc = jdbc;
    }

    @Test
    void aSignInIsRecordedWithWhoFromWhereAndUnderWhichRequest() {
        api.newUser("recorded", Role.VIEWER);

        Answer answer = signIn("recorded", Api.PASSWORD, "203.0.113.77");

        JsonNode event = latest("session.create", "recorded");
        assertThat(event.at("/actor/kind").asString()).isEqualTo("user");
        assertThat(event.at("/actor/id").asString()).isEqualTo(answer.at("/user/id"));
        assertThat(event.at("/address").asString()).isEqualTo("203.0.113.77");
        assertThat(event.at("/outcome").asString()).isEqualTo("allowed");
        assertThat(event.at("/requestId").asString()).isEqualTo(answer.header("Trace-Id"));
        assertThat(event.at("/target/name").asString()).isEqualTo("recorded");
    }

    @Test
    void aRefusedSignInIsRecordedForKnownAndUnknownNames() {
        api.newUser("refused", Role.VIEWER);
        signIn("refused", "wrong", "203.0.113.78");
        signIn("a-stranger", "secret-typed-here", "203.0.113.78");

        assertThat(latest("session.refuse", "refused").at("/outcome").asString())
                .isEqualTo("denied");
        JsonNode stranger = latest("session.refuse", "a-stranger");
        assertThat(stranger.at("/actor/kind").asString()).isEqualTo("anonymous");
        assertThat(stranger.toString()).doesNotContain("secret-typed-here");
    }

    @Test
    void changesOfTokensAndUsersAreRecorded() {
        ApiClient client = api.newUser("changing", Role.ADMIN);
        Answer token = client.post("/api/v1/tokens", Map.of("name", "noted"));
        client.delete("/api/v1/tokens/" + token.at("/id"));

        assertThat(latest("token.create", "changing").at("/target/name").asString())
                .isEqualTo("noted");
        assertThat(latest("token.revoke", "changing").at("/target/id").asString())
                .isEqualTo(token.at("/id"));
        JsonNode created = latest("user.create", "owner");
        assertThat(created.at("/target/kind").asString()).isEqualTo("user");
        assertThat(created.at("/details/role").isString()).isTrue();
        assertThat(eventsOf("token.create").toString()).doesNotContain("bsc_pat_");
    }

    @Test
    void theFirstOwnerIsRecordedToo() {
        assertThat(latest("user.create", "api-service").at("/details/reason").asString())
                .isEqualTo("bootstrap");
    }

    @Test
    void pagesJoinWithoutGapOrRepetition() {
        ApiClient client = api.newUser("paging", Role.ADMIN);
        for (int i = 0; i < 6; i++) {
            client.post("/api/v1/tokens", Map.of("name", "page-" + i));
        }

        List<String> names = new ArrayList<>();
        String path = "/api/v1/audit-events?action=token.create&actor=paging&limit=3";
        Answer page = api.admin().get(path);
        while (true) {
            page.json()
                    .path("items")
                    .forEach(event -> names.add(event.at("/target/name").asString()));
            if (page.json().path("next").isMissingNode()) {
                break;
            }
            assertThat(page.header("Link")).contains("rel=\"next\"", page.at("/next"));
            page = api.admin().get(path + "&cursor=" + page.at("/next"));
        }

        assertThat(names).containsExactly("page-5", "page-4", "page-3", "page-2", "page-1", "page-0", "test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=many", "cursor=%21", "cursor=bm9uc2Vuc2U"})
    void aSenselessPageIsRefused(String query) {
        Answer answer = api.admin().get("/api/v1/audit-events?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-input");
    }

    @Test
    void onlyAdminsRead() {
        assertThat(api.operator().get("/api/v1/audit-events").code()).isEqualTo("forbidden");
    }

    @Test
    void anotherWorkspaceIsNotSeen() {
        jdbc.sql("insert into workspaces (name) values ('elsewhere')").update();
        jdbc.sql("""
                insert into audit_events (workspace_id, actor_kind, actor_id, actor_name, action, outcome)
                select id, 'user', '', 'somebody-else', 'token.create', 'allowed' from workspaces
                where name = 'elsewhere'
                """).update();

        assertThat(api.admin().get("/api/v1/audit-events?limit=200").text()).doesNotContain("somebody-else");
        assertThat(eventsOf("token.create&actor=somebody-else").size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_events set actor_name = 'innocent'",
                "delete from audit_events",
                "truncate audit_events"
            })
    void whatIsRecordedStays(String sql) {
        api.owner();

        assertThatThrownBy(() -> jdbc.sql(sql).update())
                .isInstanceOf(DataAccessException.class)
                .hasStackTraceContaining("append-only");
    }

    private Answer signIn(String username, String password, String address) {
        return api.anonymous()
                .with("X-Forwarded-For", address)
                .post("/api/v1/session", Map.of("username", username, "password", password));
    }

    private JsonNode latest(String action, String actor) {
        return eventsOf(action + "&actor=" + actor).get(0);
    }

    private JsonNode eventsOf(String actionAndMore) {
        return api.admin()
                .get("/api/v1/audit-events?action=" + actionAndMore)
                .json()
                .path("items");
    }
}
