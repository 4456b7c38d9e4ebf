package io.bascule.agent.platform;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What an agent asks the API for, over HTTP. */
final class PlatformApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int TOO_MANY_REQUESTS = 429;

    private final String agents;

    PlatformApi(URI api) {
        this.agents = api.toString().replaceAll("/+$", "") + "/api/v1/agents";
    }

    Attempt<Joined> join(String token, String certificateRequest, String version) throws InterruptedException {
        return ask(URI.create(agents + ":join"), new Join(token, certificateRequest, version), Joined.class);
    }

    /** @param signature by the certificate's key, over the request; base64 */
    Attempt<Renewed> renew(String certificateRequest, String certificate, String signature, String version)
            throws InterruptedException {
        return ask(
                URI.create(agents + ":renew"),
                new Renew(certificateRequest, certificate, signature, version),
                Renewed.class);
    }

    private static <T> Attempt<T> ask(URI endpoint, Object question, Class<T> answer) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, application/problem+json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(question)))
                .build();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            return attempt(endpoint, http.send(request, HttpResponse.BodyHandlers.ofString()), answer);
        } catch (IOException unreachable) {
            return new Attempt.NotNow<>(endpoint + ": " + unreachable);
        } catch (JacksonException unreadable) {
            return new Attempt.Refused<>(endpoint + ": no answer of a Bascule API");
        }
    }

    private static <T> Attempt<T> attempt(URI endpoint, HttpResponse<String> response, Class<T> answer) {
        int status = response.statusCode();
        if (status == 200) {
            return new Attempt.Accepted<>(JSON.readValue(response.body(), answer));
        }
        String reason = reason(endpoint, status, response.body());
        return status >= 500 || status == TOO_MANY_REQUESTS
                ? new Attempt.NotNow<>(reason)
                : new Attempt.Refused<>(reason);
    }

    private static String reason(URI endpoint, int status, String body) {
        try {
            Problem problem = JSON.readValue(body, Problem.class);
            if (problem.code() != null) {
                return problem.code() + (problem.detail() == null ? "" : ": " + problem.detail());
            }
        } catch (JacksonException other) {
            // Not a problem document: the status says all there is.
        }
        return endpoint + " answered " + status;
    }

    private record Join(String joinToken, String certificateSigningRequest, String version) {}

    private record Renew(String certificateSigningRequest, String certificate, String signature, String version) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Problem(@Nullable String code, @Nullable String detail) {}
}
