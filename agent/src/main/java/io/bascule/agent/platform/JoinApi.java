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

/** The API's endpoint for joining, over HTTP. */
final class JoinApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int TOO_MANY_REQUESTS = 429;

    private final URI endpoint;

    JoinApi(URI api) {
        this.endpoint = URI.create(api.toString().replaceAll("/+$", "") + "/api/v1/agents:join");
    }

    JoinAttempt ask(String token, String certificateRequest, String version) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, application/problem+json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        JSON.writeValueAsString(new Request(token, certificateRequest, version))))
                .build();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            return attempt(http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException unreachable) {
            return new JoinAttempt.NotNow(endpoint + ": " + unreachable);
        } catch (JacksonException unreadable) {
            return new JoinAttempt.Refused(endpoint + ": no answer of a Bascule API");
        }
    }

    private JoinAttempt attempt(HttpResponse<String> answer) {
        int status = answer.statusCode();
        if (status == 200) {
            return new JoinAttempt.Accepted(JSON.readValue(answer.body(), Joined.class));
        }
        String reason = reason(status, answer.body());
        return status >= 500 || status == TOO_MANY_REQUESTS
                ? new JoinAttempt.NotNow(reason)
                : new JoinAttempt.Refused(reason);
    }

    private String reason(int status, String body) {
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

    private record Request(String joinToken, String certificateSigningRequest, String version) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Problem(@Nullable String code, @Nullable String detail) {}
}
