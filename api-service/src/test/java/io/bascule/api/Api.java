package io.bascule.api;

import io.bascule.api.caller.Role;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.core.env.Environment;

/** The running API, seen by callers of every role. Users are named as their role is, all with the same password. */
public final class Api {

    public static final String OWNER = "owner";
    public static final String PASSWORD = "correct horse battery staple";

    private final Environment environment;
    private final Map<Role, ApiClient> clients = new EnumMap<>(Role.class);

    Api(Environment environment) {
        this.environment = environment;
    }

    public URI server() {
        return URI.create("http://127.0.0.1:" + environment.getRequiredProperty("local.server.port"));
    }

    /** Not signed in. */
    public ApiClient anonymous() {
        return new ApiClient(server(), Map.of());
    }

    public ApiClient owner() {
        return as(Role.OWNER);
    }

    public ApiClient admin() {
        return as(Role.ADMIN);
    }

    public ApiClient operator() {
        return as(Role.OPERATOR);
    }

    public ApiClient viewer() {
        return as(Role.VIEWER);
    }

    /** Signed in with a personal token of the user of this role, who is created on first use. */
    public synchronized ApiClient as(Role role) {
        ApiClient known = clients.get(role);
        if (known == null) {
            known = role == Role.OWNER ? withToken(signIn(OWNER, PASSWORD)) : newUser(role.text(), role);
            clients.put(role, known);
        }
        return known;
    }

    /** A new user of this name and role, signed in with a token. */
    public ApiClient newUser(String username, Role role) {
        Answer created =
                owner().post("/api/v1/users", Map.of("username", username, "password", PASSWORD, "role", role.text()));
        expect(201, created);
        return withToken(signIn(username, PASSWORD));
    }

    /** Signed in as a browser is: with the session's cookie and the CSRF token. */
    public ApiClient signIn(String username, String password) {
        Answer answer = anonymous().post("/api/v1/session", Map.of("username", username, "password", password));
        expect(200, answer);
        return browser(answer);
    }

    /** A browser that has the cookies of this answer. */
    public ApiClient browser(Answer answer) {
        String session = cookie(answer, "bascule_session");
        String csrf = cookie(answer, "XSRF-TOKEN");
        return anonymous()
                .with("Cookie", "bascule_session=%s; XSRF-TOKEN=%s".formatted(session, csrf))
                .with("X-XSRF-TOKEN", csrf);
    }

    /** A caller with this bearer token. */
    public ApiClient bearer(String token) {
        return anonymous().with("Authorization", "Bearer " + token);
    }

    private ApiClient withToken(ApiClient signedIn) {
        Answer created = signedIn.post("/api/v1/tokens", Map.of("name", "test"));
        expect(201, created);
        return bearer(created.at("/token"));
    }

    private static String cookie(Answer answer, String name) {
        return answer.cookies().stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.substring(name.length() + 1).split(";", 2)[0])
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie " + name + " in " + answer.cookies()));
    }

    private static void expect(int status, Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError("expected " + status + " but was " + answer);
        }
    }
}
