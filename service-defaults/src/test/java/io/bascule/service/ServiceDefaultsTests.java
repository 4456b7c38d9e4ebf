package io.bascule.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.service.drain.Drain;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"bascule.service.name=test-service", "bascule.request.max-body=1KB"})
class ServiceDefaultsTests {

    private final HttpClient client = HttpClient.newHttpClient();
    private final ApplicationContext context;
    private final int port;

    ServiceDefaultsTests(ApplicationContext context, @Value("${local.server.port}") int port) {
        this.context = context;
        this.port = port;
    }

    @Test
    void theThreeHealthPathsAnswer() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/startup").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").body()).contains("stores").contains("UP");
    }

    @Test
    void readinessFallsWhenTrafficIsRefusedAndLivenessDoesNot() throws Exception {
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        try {
            assertThat(get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(get("/health/live").statusCode()).isEqualTo(200);
            assertThat(get("/health/startup").statusCode()).isEqualTo(200);
        } finally {
            AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
        }
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void callersKeepNoConnectionToAServiceThatLeaves() throws Exception {
        var drain = context.getBean(Drain.class);
        assertThat(get("/things/1").headers().firstValue("Connection")).isEmpty();

        drain.stop();
        try {
            assertThat(get("/things/1").headers().firstValue("Connection")).hasValue("close");
        } finally {
            drain.start();
        }
    }

    @Test
    void requestsAreCountedByTheTemplateOfTheirRoute() throws Exception {
        String series = "http_requests_total{endpoint=\"/things/{id}\",method=\"GET\",status=\"200\"}";
        get("/things/1");
        double before = valueOf(series);
        get("/things/2");
        get("/things/3");

        assertThat(valueOf(series)).isEqualTo(before + 2);
        String scrape = get("/prometheus").body();
        assertThat(scrape)
                .contains(
                        "http_request_duration_seconds_bucket{endpoint=\"/things/{id}\",method=\"GET\",le=\"0.005\"}");
        assertThat(valueOf("active_connections")).isPositive();
    }

    @Test
    void aFailureIsAProblemWithItsCodeAndTheTraceIdOfTheCaller() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        HttpResponse<String> answer = client.send(
                request("/fails")
                        .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("3");
        assertThat(answer.headers().firstValue("Trace-Id")).hasValue(trace);
        assertThat(answer.body()).contains("\"code\":\"store-unavailable\"").contains("\"traceId\":\"" + trace + "\"");
    }

    @Test
    void whatNobodyForesawTellsNothingOfTheInside() throws Exception {
        HttpResponse<String> answer = get("/bursts");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("\"code\":\"internal-error\"").doesNotContain("secret detail");
    }

    @Test
    void aFieldThatBreaksARuleIsNamedByItsPointer() throws Exception {
        assertThat(post("{\"size\":0}").body())
                .contains("\"pointer\":\"/size\"")
                .contains("invalid-input");
        assertThat(post("{\"size\":\"many\"}").body()).contains("\"pointer\":\"/size\"");
        assertThat(post("{\"size\":1,\"colour\":2}").body())
                .contains("\"pointer\":\"/colour\"")
                .contains("known: size");
        assertThat(post("{\"size\":").body()).contains("malformed-request");
        assertThat(post("").body()).contains("malformed-request");
        assertThat(post("{\"size\":1}").statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyOverTheLimitIsRefusedWhetherItsLengthIsDeclaredOrNot() throws Exception {
        String body = "{\"size\":1" + " ".repeat(2000) + "}";
        assertThat(post(body).statusCode()).isEqualTo(413);

        var chunked = request("/things")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArrays(List.of(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .build();
        HttpResponse<String> answer = client.send(chunked, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("body-too-large");
    }

    @Test
    void whatIsNotThereAndWhatIsNotAllowedAreProblemsToo() throws Exception {
        assertThat(get("/nothing").body()).contains("\"code\":\"not-found\"");
        var delete = client.send(request("/things").DELETE().build(), BodyHandlers.ofString());
        assertThat(delete.statusCode()).isEqualTo(405);
        assertThat(delete.body()).contains("\"code\":\"method-not-allowed\"");
    }

    @Test
    void internalPathsAreClosedToAnyoneWithoutAServiceToken() throws Exception {
        assertThat(get("/internal/anything").statusCode()).isEqualTo(401);
        assertThat(get("/internal/anything").body()).contains("service-token-invalid");
    }

    private double valueOf(String series) throws IOException, InterruptedException {
        return get("/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        var post = request("/things")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(post, BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10));
    }

    record Thing(@Min(1) int size) {}

    @RestController
    static class ThingController {

        @GetMapping("/things/{id}")
        String thing(@PathVariable String id) {
            return id;
        }

        @PostMapping("/things")
        Thing create(@Valid @RequestBody Thing thing) {
            return thing;
        }

        @GetMapping("/fails")
        String fails() {
            throw ProblemException.retryable(CommonProblem.STORE_UNAVAILABLE, "Come back.", Duration.ofMillis(2_001));
        }

        @GetMapping("/bursts")
        String bursts() {
            throw new IllegalStateException("secret detail");
        }
    }
}
