package io.bascule.tasks.handlers.http;

import io.bascule.service.outgoing.AddressNotAllowedException;
import io.bascule.tasks.handlers.tunnel.TaskTunnel;
import io.bascule.tasks.handlers.tunnel.TaskTunnels;
import io.bascule.tasks.secret.SecretReferences;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskFailure;
import io.bascule.tasks.worker.TaskHandler;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code http.request}: sends a request and returns status, headers and body. Directly it reaches public addresses only;
 * what is private is reached as a resource, through its tunnel. Any status is a success of the task: what it means is for
 * the submitter to judge. A host that does not answer several times in a row is left alone for a while.
 */
public final class HttpRequestHandler implements TaskHandler, AutoCloseable {

    private final CloseableHttpClient direct = HttpClients.direct();
    private final CloseableHttpClient tunnelled = HttpClients.tunnelled();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("http-request-timer").daemon().factory());
    private final TaskTunnels tunnels;
    private final InstantSource clock;
    private final HostCircuits circuits;

    public HttpRequestHandler(TaskTunnels tunnels, InstantSource clock) {
        this.tunnels = tunnels;
        this.clock = clock;
        this.circuits = new HostCircuits(clock);
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public String type() {
        return "http.request";
    }

    @Override
    public JsonNode run(TaskContext context) throws TaskFailure, InterruptedException {
        HttpCall call = call(context);
        context.log(call.describe());
        HttpAnswer answer = answer(context, call);
        context.log("Status %d, %,d characters%s"
                .formatted(answer.status(), answer.body().length(), answer.truncated() ? ", cut" : ""));
        return answer.toJson();
    }

    private static HttpCall call(TaskContext context) throws TaskFailure, InterruptedException {
        JsonNode headers = context.input().path("headers");
        HttpCall call = HttpCall.of(context.input(), context.secrets(SecretReferences.in(headers)));
        if (call.brokenHeader().isPresent()) {
            throw TaskFailure.forGood(
                    "header-not-possible",
                    "The value of the header %s has a line break or another control character"
                            .formatted(call.brokenHeader().get()));
        }
        return call;
    }

    private HttpAnswer answer(TaskContext context, HttpCall call) throws TaskFailure, InterruptedException {
        if (call.resource().isEmpty()) {
            return answer(context, call, () -> send(direct, null, call, null));
        }
        String resource = call.resource().get();
        try (TaskTunnel tunnel = tunnels.open(context, resource)) {
            var target = new HttpHost("http", tunnel.address(), resource, tunnel.port());
            return answer(context, call, () -> send(tunnelled, target, call, tunnel));
        }
    }

    /** Unless the host is left alone. Only what a host itself leaves unanswered counts against it: there is a way to it by now. */
    private HttpAnswer answer(TaskContext context, HttpCall call, Sending sending)
            throws TaskFailure, InterruptedException {
        var host = new HostCircuits.Host(context.workspace(), call.host());
        circuits.enter(host);
        try {
            HttpAnswer answer = sending.send();
            circuits.answered(host);
            return answer;
        } catch (TaskFailure failure) {
            if (failure.isRetryable()) {
                circuits.failed(host);
            } else {
                circuits.abandoned(host);
            }
            throw failure;
        } catch (InterruptedException | RuntimeException stopped) {
            circuits.abandoned(host);
            throw stopped;
        }
    }

    private HttpAnswer send(
            CloseableHttpClient client, @Nullable HttpHost target, HttpCall call, @Nullable TaskTunnel tunnel)
            throws TaskFailure, InterruptedException {
        HttpUriRequestBase request = call.toRequest();
        Future<?> timeout = timer.schedule(
                () -> Thread.ofVirtual().start(request::cancel), call.timeout().toMillis(), TimeUnit.MILLISECONDS);
        Instant started = clock.instant();
        try {
            HttpAnswer answer = target == null
                    ? client.execute(request, response -> HttpAnswer.read(response, call.maxBodyBytes()))
                    : client.execute(target, request, response -> HttpAnswer.read(response, call.maxBodyBytes()));
            return answer.after(Duration.between(started, clock.instant()));
        } catch (IOException failure) {
            throw explain(failure, request, call, tunnel);
        } finally {
            timeout.cancel(false);
        }
    }

    private static TaskFailure explain(
            IOException failure, HttpUriRequestBase request, HttpCall call, @Nullable TaskTunnel tunnel)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (request.isCancelled()) {
            return TaskFailure.retryable(
                    "request-timeout",
                    "No whole answer within %d s".formatted(call.timeout().toSeconds()));
        }
        if (failure instanceof AddressNotAllowedException notAllowed) {
            return TaskFailure.forGood(
                    "address-not-allowed",
                    "%s is a private address: make it a resource and send {\"resource\", \"path\"} instead of a url"
                            .formatted(notAllowed.getMessage()));
        }
        if (failure.getCause() instanceof HttpException broken) {
            return TaskFailure.retryable("bad-answer", String.valueOf(broken.getMessage()));
        }
        if (tunnel != null && tunnel.whyEnded().isPresent()) {
            return TaskFailure.retryable(
                    "resource-unreachable", tunnel.whyEnded().get());
        }
        if (failure instanceof UnknownHostException unknown) {
            return TaskFailure.retryable("unknown-host", "No address is known for " + unknown.getMessage());
        }
        return TaskFailure.retryable("connection-failed", String.valueOf(failure.getMessage()));
    }

    private interface Sending {
        HttpAnswer send() throws TaskFailure, InterruptedException;
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        direct.close();
        tunnelled.close();
    }
}
