package io.bascule.tasks.handlers.tunnel;

import io.bascule.service.identity.ServiceTokens;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskFailure;
import io.bascule.tunnel.client.EndIdentity;
import io.bascule.tunnel.client.GrantedBridge;
import io.bascule.tunnel.client.LegChoice;
import io.bascule.tunnel.client.TunnelGrant;
import io.bascule.tunnel.client.proof.Inner;
import io.bascule.tunnel.client.proof.OtherEnd;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the API ({@code POST /internal/tunnels}) and attaches to the bridges that it names. */
final class ApiTaskTunnels implements TaskTunnels, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String API = "api-service";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI endpoint;
    private final ServiceTokens tokens;
    private final JsonMapper json;
    private final LegChoice legs;

    ApiTaskTunnels(URI api, ServiceTokens tokens, JsonMapper json, LegChoice legs) {
        this.endpoint = api.resolve("/internal/tunnels");
        this.tokens = tokens;
        this.json = json;
        this.legs = legs;
    }

    record Request(UUID workspace, String resource, OnBehalfOf onBehalfOf, String certificateSigningRequest) {

        record OnBehalfOf(UUID user, UUID task) {}
    }

    record Granted(
            UUID id,
            long epoch,
            String kind,
            UUID agent,
            Inner inner,
            String certificate,
            String authorities,
            List<GrantedBridge> bridges,
            List<GrantedBridge> standbys) {}

    @Override
    public TaskTunnel open(TaskContext context, String resource) throws TaskFailure, InterruptedException {
        EndIdentity identity = EndIdentity.generate("task");
        var behalf = new Request.OnBehalfOf(context.submittedBy().id(), context.task());
        var request = new Request(context.workspace(), resource, behalf, identity.certificateRequest());
        Granted granted = ask(request);
        return LoopbackTunnel.listen(
                granted.kind(),
                new TunnelGrant(
                        granted.id(),
                        granted.epoch(),
                        granted.bridges(),
                        granted.standbys(),
                        new OtherEnd.Agent(granted.agent()),
                        granted.inner()),
                identity.certified(granted.certificate(), granted.authorities()),
                legs);
    }

    private Granted ask(Request request) throws TaskFailure, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + tokens.tokenFor(API))
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(request)))
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(post, BodyHandlers.ofByteArray());
            if (answer.statusCode() == 201) {
                return read(answer.body());
            }
            throw refusal(answer);
        } catch (IOException away) {
            throw TaskFailure.retryable("api-unreachable", "The API could not be asked for a tunnel");
        }
    }

    private Granted read(byte[] body) {
        JsonNode answer = json.readTree(body);
        return new Granted(
                UUID.fromString(answer.get("id").asString()),
                answer.get("epoch").asLong(),
                answer.path("resource").path("kind").asString(""),
                UUID.fromString(answer.get("agent").asString()),
                Inner.of(answer.get("inner").asString()),
                answer.get("certificate").asString(),
                answer.get("authorities").asString(),
                bridges(answer, "bridges"),
                bridges(answer, "standbys"));
    }

    private List<GrantedBridge> bridges(JsonNode answer, String name) {
        return answer.path(name)
                .valueStream()
                .map(bridge -> json.treeToValue(bridge, GrantedBridge.class))
                .toList();
    }

    /** What will be the same tomorrow (no such resource, no right) is not tried again. */
    private TaskFailure refusal(HttpResponse<byte[]> answer) {
        JsonNode problem = json.readTree(answer.body());
        String code = problem.path("code").asString("tunnel-refused");
        String detail = problem.path("detail").asString("The API refused the tunnel");
        boolean forGood = answer.statusCode() == 404 || answer.statusCode() == 403;
        return forGood ? TaskFailure.forGood(code, detail) : TaskFailure.retryable(code, detail);
    }

    @Override
    public void close() {
        http.close();
    }
}
