package io.bascule.orchestrator.pods;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two requests of the Kubernetes API: the list of pods and a merge patch of one annotation. The token is read anew for each,
 * since the kubelet replaces it.
 */
final class KubernetesPods implements WorkerPods, AutoCloseable {

    static final String ANNOTATION = "controller.kubernetes.io/pod-deletion-cost";

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int GONE = 404;
    private static final int FORBIDDEN = 403;

    private final HttpClient client;
    private final URI api;
    private final Path account;
    private final String selector;
    private final JsonMapper json;

    private KubernetesPods(HttpClient client, PodsProperties properties, JsonMapper json) {
        this.client = client;
        this.api = properties.api();
        this.account = properties.account();
        this.selector = properties.selector();
        this.json = json;
    }

    /** @throws IllegalStateException when the certificates of the cluster, which the account has, cannot be read */
    static KubernetesPods of(PodsProperties properties, JsonMapper json) {
        var certificates = PemSslStoreDetails.forCertificate(
                properties.account().resolve("ca.crt").toUri().toString());
        var client = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .sslContext(
                        SslBundle.of(new PemSslStoreBundle(null, certificates)).createSslContext())
                .build();
        return new KubernetesPods(client, properties, json);
    }

    @Override
    public List<WorkerPod> list() {
        HttpResponse<String> answer =
                send(request("?labelSelector=" + URLEncoder.encode(selector, StandardCharsets.UTF_8))
                        .GET());
        checked(answer, "list");
        List<WorkerPod> pods = new ArrayList<>();
        for (JsonNode pod : json.readTree(answer.body()).path("items")) {
            JsonNode metadata = pod.path("metadata");
            pods.add(new WorkerPod(
                    metadata.path("name").asString(),
                    metadata.path("annotations").path(ANNOTATION).asInt(DeletionCost.IDLE)));
        }
        return pods;
    }

    @Override
    public void setCost(String pod, int cost) {
        var patch = Map.of("metadata", Map.of("annotations", Map.of(ANNOTATION, Integer.toString(cost))));
        HttpResponse<String> answer = send(request("/" + pod)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString(json.writeValueAsString(patch))));
        if (answer.statusCode() != GONE) {
            checked(answer, "patch");
        }
    }

    private static void checked(HttpResponse<String> answer, String verb) {
        if (answer.statusCode() == FORBIDDEN) {
            throw new ClusterException(
                    "the cluster does not let this service account %s pods (expected: a Role with list and patch of pods)"
                            .formatted(verb));
        }
        if (answer.statusCode() != 200) {
            throw new ClusterException("the cluster answered %d to %s of pods".formatted(answer.statusCode(), verb));
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve("/api/v1/namespaces/%s/pods%s".formatted(read("namespace"), path)))
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + read("token"));
    }

    private String read(String file) {
        try {
            return Files.readString(account.resolve(file)).strip();
        } catch (IOException unreadable) {
            throw new ClusterException(
                    "%s cannot be read (expected: a pod with its service account mounted)"
                            .formatted(account.resolve(file)),
                    unreadable);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException away) {
            throw new ClusterException("the cluster does not answer: " + away, away);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while the cluster was asked", interrupted);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
