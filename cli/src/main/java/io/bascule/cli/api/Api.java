package io.bascule.cli.api;

import java.io.IOException;
import java.net.ConnectException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends calls with the token of a login; what is not a success is thrown as {@link CommandFailure}. */
public final class Api {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client;
    private final CookieManager cookies = new CookieManager();
    private final String url;
    private final String token;

    private Api(String url, String token) {
        this.url = url;
        this.token = token;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .cookieHandler(cookies)
                .build();
    }

    /** For whom this environment, or else the login file, names. */
    public static Api signedIn(Map<String, String> environment) {
        return of(new LoginFile(environment).require());
    }

    public static Api of(Login login) {
        return new Api(login.url(), login.token());
    }

    /** Nobody yet: for signing in, after which the cookie says who calls. */
    public static Api anonymous(String url) {
        return new Api(url.replaceAll("/+$", ""), "");
    }

    public Answer send(Call call) {
        HttpResponse<String> response = exchange(request(call));
        JsonNode body = parse(response);
        if (response.statusCode() >= 400) {
            throw Problem.failure(response.statusCode(), body);
        }
        return new Answer(response.statusCode(), body, response.headers());
    }

    private HttpRequest request(Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(call)).timeout(call.timeout());
        call.headers().forEach(request::header);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .forEach(cookie -> request.header("X-XSRF-TOKEN", cookie.getValue()));
        if (call.body() == null) {
            return request.method(call.method(), BodyPublishers.noBody()).build();
        }
        return request.header("Content-Type", "application/json")
                .method(call.method(), BodyPublishers.ofString(JSON.writeValueAsString(call.body())))
                .build();
    }

    private URI address(Call call) {
        try {
            URI address = URI.create(url + "/api/v1" + call.path());
            if (address.getHost() != null
                    && address.getScheme() != null
                    && address.getScheme().startsWith("http")) {
                return address;
            }
        } catch (IllegalArgumentException _) {
            // Said below, in the same words as for an address without a host.
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                "%s is no address of Bascule (expected: such as https://bascule.example.org)".formatted(url));
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (HttpTimeoutException e) {
            throw new CommandFailure(ExitCode.TIMED_OUT, "%s did not answer in time".formatted(url), e);
        } catch (ConnectException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "%s cannot be reached: is it running, and is the address right?".formatted(url),
                    e);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED, "The connection to %s broke: %s".formatted(url, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.FAILED, "Interrupted", e);
        }
    }

    private JsonNode parse(HttpResponse<String> response) {
        if (response.body().isBlank()) {
            return JSON.createObjectNode();
        }
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw new CommandFailure(
                    ExitCode.ofStatus(response.statusCode()),
                    "%s answered %d with something that is not JSON: is this the address of Bascule?"
                            .formatted(url, response.statusCode()),
                    e);
        }
    }
}
