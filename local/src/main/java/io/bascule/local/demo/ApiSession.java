package io.bascule.local.demo;

import io.bascule.local.process.LocalFailure;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A signed-in caller of the REST API, as a browser is one: by cookie, with the token against forged requests. */
final class ApiSession implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PREFIX = "/api/v1";

    private final CookieManager cookies = new CookieManager();
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final String url;

    /** An answer of the API. */
    record Answer(int status, JsonNode body, String entityTag) {

        Answer require(int... expected) {
            for (int each : expected) {
                if (status == each) {
                    return this;
                }
            }
            throw new LocalFailure("The API answered %d: %s"
                    .formatted(status, body.path("detail").asString(body.toString())));
        }
    }

    private ApiSession(String url) {
        this.url = url;
    }

    static ApiSession signIn(String url, String username, String password) {
        ApiSession session = new ApiSession(url);
        session.post("/session", Map.of("username", username, "password", password))
                .require(200);
        session.get("/session").require(200);
        return session;
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, Object body) {
        return send(request(path).POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    Answer put(String path, Object body, String entityTag) {
        return send(request(path)
                .PUT(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .header("If-Match", entityTag));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + PREFIX + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json");
        cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst()
                .ifPresent(token -> request.header("X-XSRF-TOKEN", token));
        return request;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            JsonNode body = response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
            return new Answer(
                    response.statusCode(),
                    body,
                    response.headers().firstValue("ETag").orElse(""));
        } catch (IOException e) {
            throw new LocalFailure("The API cannot be reached at " + url, e);
        } catch (InterruptedException e) {
            throw new LocalFailure("Interrupted while calling the API", e);
        }
    }

    @Override
    public void close() {
        send(request("/session").DELETE());
        client.close();
    }
}
