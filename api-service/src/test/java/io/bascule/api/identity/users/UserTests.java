package io.bascule.api.identity.users;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiClient;
import io.bascule.api.ApiTest;
import io.bascule.api.caller.Role;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ApiTest
class UserTests {

    private final Api api;

    UserTests(Api api) {
        this.api = api;
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"ADMIN", "OPERATOR", "VIEWER"})
    void onlyAnOwnerAddsUsers(Role role) {
        Answer answer = add(api.as(role), "intruder-" + role.text(), "viewer");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("forbidden");
        assertThat(answer.at("/detail")).contains("owner", role.text());
        assertThat(api.owner().get("/api/v1/users").text()).doesNotContain("intruder-" + role.text());
    }

    @Test
    void adminsSeeTheUsersAndOthersDoNot() {
        api.viewer();

        Answer list = api.admin().get("/api/v1/users");

        assertThat(list.json().path("items").findValuesAsString("username")).contains("owner", "admin", "viewer");
        assertThat(list.text()).doesNotContain("argon2", "password");
        assertThat(api.operator().get("/api/v1/users").code()).isEqualTo("forbidden");
    }

    @Test
    void aNewUserCanSignInAndHasTheGivenRole() {
        assertThat(add(api.owner(), "Zoë.Müller", "operator").status()).isEqualTo(201);

        assertThat(api.signIn("zoë.müller", Api.PASSWORD).get("/api/v1/session").at("/role"))
                .isEqualTo("operator");
    }

    @Test
    void aNameIsTakenWhateverItsCase() {
        add(api.owner(), "taken", "viewer");

        Answer answer = add(api.owner(), "TAKEN", "viewer");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("username-taken");
    }

    @Test
    void aShortPasswordIsRefusedWithoutBeingRepeated() {
        Answer answer =
                api.owner().post("/api/v1/users", Map.of("username", "weak", "password", "hunter2", "role", "viewer"));

        assertThat(answer.code()).isEqualTo("invalid-input");
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/password");
        assertThat(answer.text()).doesNotContain("hunter2");
    }

    @Test
    void anUnknownRoleIsToldTheKnownOnes() {
        Answer answer = add(api.owner(), "odd", "emperor");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/role");
        assertThat(answer.text()).containsIgnoringCase("operator");
    }

    @Test
    void anUnknownPropertyIsNamed() {
        Answer answer = api.owner()
                .post(
                        "/api/v1/users",
                        Map.of("username", "odd", "password", Api.PASSWORD, "role", "viewer", "admin", true));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/admin");
    }

    @Test
    void everyoneSeesTheirWorkspaces() {
        Answer answer = api.viewer().get("/api/v1/workspaces");

        assertThat(answer.json().path("items").size()).isEqualTo(1);
        assertThat(answer.at("/items/0/name")).isEqualTo("default");
        assertThat(answer.at("/items/0/role")).isEqualTo("viewer");
    }

    private static Answer add(ApiClient client, String username, String role) {
        return client.post("/api/v1/users", Map.of("username", username, "password", Api.PASSWORD, "role", role));
    }
}
