package io.bascule.api.identity.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiClient;
import io.bascule.api.ApiTest;
import io.bascule.api.MovableClock;
import io.bascule.api.caller.Role;
import io.bascule.api.identity.sessions.OpenSessions.Beginning;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.Streams;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import tools.jackson.databind.JsonNode;

@ApiTest
class OpenSessionTests {

    private final Api api;
    private final OpenSessions openSessions;
    private final SessionRepository<? extends Session> sessions;
    private final MovableClock clock;

    OpenSessionTests(
            Api api, OpenSessions openSessions, SessionRepository<? extends Session> sessions, MovableClock clock) {
        this.api = api;
        this.openSessions = openSessions;
        this.sessions = sessions;
        this.clock = clock;
    }

    @Test
    void aUserSeesWhereTheyAreSignedInAndEndsOneOfThem() {
        api.newUser("roaming", Role.VIEWER);
        ApiClient here = signIn("roaming", "203.0.113.90", "Laptop/1.0");
        ApiClient there = signIn("roaming", "203.0.113.91", "Phone/2.0");

        JsonNode open = here.get("/api/v1/sessions").json().path("items");
        assertThat(open.findValuesAsString("client")).contains("Phone/2.0", "Laptop/1.0");
        assertThat(open.get(0).path("address").asString()).isEqualTo("203.0.113.91");
        assertThat(open.get(0).path("current").asBoolean()).isFalse();
        assertThat(open.get(1).path("current").asBoolean()).isTrue();

        String phone = open.get(0).path("id").asString();
        assertThat(here.delete("/api/v1/sessions/" + phone).status()).isEqualTo(204);

        assertThat(there.get("/api/v1/session").code()).isEqualTo("sign-in-required");
        assertThat(here.get("/api/v1/session").status()).isEqualTo(200);
        assertThat(here.get("/api/v1/sessions").text()).doesNotContain("Phone/2.0");
        JsonNode recorded = api.admin()
                .get("/api/v1/audit-events?action=session.delete&actor=roaming")
                .json()
                .at("/items/0");
        assertThat(recorded.at("/target/id").asString()).isEqualTo(phone);
    }

    @Test
    void aSessionMayEndItself() {
        ApiClient browser = signIn("owner", "203.0.113.95", "Itself/1.0");
        String itself = browser.get("/api/v1/sessions").at("/items/0/id");

        assertThat(browser.delete("/api/v1/sessions/" + itself).status()).isEqualTo(204);

        assertThat(browser.get("/api/v1/session").code()).isEqualTo("sign-in-required");
    }

    @Test
    void aRequestWhoseSessionEndsMeanwhileIsAskedToSignIn() throws Exception {
        api.newUser("overtaken", Role.OPERATOR);
        ApiClient here = signIn("overtaken", "203.0.113.96", "Here/1.0");
        ApiClient there = signIn("overtaken", "203.0.113.96", "There/1.0");
        String session = there.get("/api/v1/sessions").at("/items/0/id");

        var waiting = Streams.background(() -> there.with("Prefer", "wait=60")
                .post("/api/v1/tasks", Map.of("type", "echo", "input", Map.of("message", "overtaken"))));
        Await.until(() -> taskOf(here).isPresent());
        assertThat(here.delete("/api/v1/sessions/" + session).status()).isEqualTo(204);
        here.post("/api/v1/tasks/" + taskOf(here).orElseThrow() + ":cancel", Map.of());

        assertThat(waiting.get(2, TimeUnit.MINUTES).code()).isEqualTo("sign-in-required");
    }

    private static Optional<String> taskOf(ApiClient client) {
        return client.get("/api/v1/tasks?type=echo")
                .json()
                .path("items")
                .valueStream()
                .filter(task -> task.at("/submittedBy/name").asString().equals("overtaken"))
                .map(task -> task.path("id").asString())
                .findFirst();
    }

    @Test
    void whatIsShownOpensNothing() {
        ApiClient browser = signIn("owner", "203.0.113.92", "Shown/1.0");

        String shown = browser.get("/api/v1/sessions").at("/items/0/id");

        assertThat(browser.headers().toString()).doesNotContain(shown);
        assertThat(api.anonymous()
                        .with("Cookie", "bascule_session=" + shown)
                        .get("/api/v1/session")
                        .code())
                .isEqualTo("sign-in-required");
    }

    @Test
    void aSignedOutSessionIsNotListed() {
        api.newUser("brief", Role.VIEWER);
        ApiClient gone = signIn("brief", "203.0.113.93", "Gone/1.0");
        ApiClient stays = signIn("brief", "203.0.113.93", "Stays/1.0");
        gone.delete("/api/v1/session");

        assertThat(stays.get("/api/v1/sessions").text()).contains("Stays/1.0").doesNotContain("Gone/1.0");
    }

    @Test
    void nobodyEndsTheSessionsOfOthers() {
        ApiClient mine = signIn("owner", "203.0.113.94", "Mine/1.0");
        String id = mine.get("/api/v1/sessions").at("/items/0/id");

        Answer refused = api.viewer().delete("/api/v1/sessions/" + id);

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.code()).isEqualTo("session-not-found");
        assertThat(mine.get("/api/v1/session").status()).isEqualTo(200);
    }

    @Test
    void theOldestSessionEndsWhenThereAreTooMany() {
        UUID user = UUID.randomUUID();
        Instant start = clock.instant();
        for (int i = 0; i <= OpenSessions.MOST; i++) {
            String session = saved(sessions);
            openSessions.add(
                    user, new Beginning(session, start.plusSeconds(i), "", "client-" + i), Duration.ofMinutes(5));
        }

        var open = openSessions.list(user);

        assertThat(open).hasSize(OpenSessions.MOST);
        assertThat(open).extracting(each -> each.beginning().client()).doesNotContain("client-0");
    }

    private static <S extends Session> String saved(SessionRepository<S> sessions) {
        S session = sessions.createSession();
        sessions.save(session);
        return session.getId();
    }

    private ApiClient signIn(String username, String address, String client) {
        Answer answer = api.anonymous()
                .with("X-Forwarded-For", address)
                .with("User-Agent", client)
                .post("/api/v1/session", Map.of("username", username, "password", Api.PASSWORD));
        return api.browser(answer);
    }
}
