package io.bascule.api.scaling.prometheus;

import io.bascule.service.problem.ProblemException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** One request to the Prometheus of the settings; follows no redirect and takes no more than a few megabytes. */
@Component
public class AskPrometheus implements AutoCloseable {

    private static final int LARGEST = 4 * 1024 * 1024;
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final PrometheusProperties properties;
    private final HttpClient http;

    public AskPrometheus(PrometheusProperties properties) {
        this.properties = properties;
        this.http = HttpClient.newBuilder()
                .connectTimeout(properties.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Whether the settings name one. */
    public boolean isSet() {
        return properties.url() != null;
    }

    /**
     * The text that it answers, whatever it says: a refused query has a text, too. Ends with a {@link PrometheusProblem} when there is
     * none.
     *
     * @param question below its address, beginning with {@code /api/v1/}
     */
    public String ask(String question) {
        return ask(question, properties.timeout());
    }

    /**
     * The same for those who wait no longer than this, nor than the settings say.
     *
     * @param most until the whole answer is there
     */
    public String ask(String question, Duration most) {
        URI url = properties.url();
        if (url == null) {
            throw new ProblemException(
                    PrometheusProblem.PROMETHEUS_NOT_SET,
                    "Give the API the setting bascule.prometheus.url (BASCULE_PROMETHEUS_URL), such as"
                            + " http://prometheus:9090; or ask Prometheus yourself and hand over what it answers to"
                            + " query_range");
        }
        URI address = URI.create(url.toString().replaceAll("/+$", "") + question);
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder(address).GET().build(),
                most.compareTo(properties.timeout()) < 0 ? most : properties.timeout());
        boolean told =
                answer.statusCode() == 200 || answer.body().stripLeading().startsWith("{\"status\":\"error\"");
        if (!told) {
            throw new ProblemException(
                    PrometheusProblem.PROMETHEUS_ANSWER_UNUSABLE,
                    "It answered with status %d where an answer to query_range was expected; check bascule.prometheus.url"
                            .formatted(answer.statusCode()));
        }
        return answer.body();
    }

    /** The time-out of a request ends with the answer's head; this one holds for its body, too. */
    private HttpResponse<String> send(HttpRequest request, Duration most) {
        var answer = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST));
        try {
            return answer.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException away) {
            throw away(String.valueOf(away.getCause()));
        } catch (TimeoutException slow) {
            answer.cancel(true);
            throw away("no whole answer within %s".formatted(most));
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw away("this service stops");
        }
    }

    private static ProblemException away(String reason) {
        return ProblemException.retryable(
                PrometheusProblem.PROMETHEUS_AWAY,
                "It gave no answer that could be taken (%s); check bascule.prometheus.url, or try again"
                        .formatted(reason),
                TRY_AGAIN);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
