package io.bascule.tasks.handlers.http;

import io.bascule.tasks.secret.SecretReferences;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a task asks for, from an input that is valid by the schema of {@code http.request}.
 *
 * @param resource empty for a direct call
 * @param target the whole address, or path and query at the resource
 * @param secret whether a header holds a secret, which then goes to this address and no further
 */
record HttpCall(
        Optional<String> resource,
        URI target,
        String method,
        Map<String, String> headers,
        @Nullable String body,
        int maxBodyBytes,
        Duration timeout,
        boolean secret) {

    private static final int DEFAULT_TIMEOUT_SECONDS = 30;
    private static final int DEFAULT_BODY_BYTES = 512 * 1024;
    private static final RequestConfig WITHOUT_REDIRECTS =
            RequestConfig.custom().setRedirectsEnabled(false).build();

    /** @param secrets the values of those that the input refers to */
    static HttpCall of(JsonNode input, Map<String, String> secrets) {
        Optional<String> resource = Optional.ofNullable(input.get("resource")).map(JsonNode::asString);
        Map<String, String> headers = new LinkedHashMap<>();
        input.path("headers")
                .properties()
                .forEach(header -> headers.put(header.getKey(), SecretReferences.text(header.getValue(), secrets)));
        return new HttpCall(
                resource,
                URI.create(input.get(resource.isPresent() ? "path" : "url").asString()),
                input.path("method").asString("GET"),
                headers,
                input.hasNonNull("body") ? input.get("body").asString() : null,
                input.path("maxBodyBytes").asInt(DEFAULT_BODY_BYTES),
                Duration.ofSeconds(input.path("timeoutSeconds").asInt(DEFAULT_TIMEOUT_SECONDS)),
                !secrets.isEmpty());
    }

    /** Whom it is for: a host with its port as the address names it, or a resource. */
    String host() {
        return resource.map(name -> "Resource " + name).orElseGet(() -> {
            // URI knows no host of a name like my_shop.example, but its authority.
            String authority = target.getRawAuthority();
            return authority.substring(authority.lastIndexOf('@') + 1);
        });
    }

    /** For the log: without the query, where secrets are. */
    String describe() {
        return resource.map(name -> "%s %s of resource %s".formatted(method, target.getRawPath(), name))
                .orElseGet(() -> "%s %s://%s%s"
                        .formatted(method, target.getScheme(), host(), String.valueOf(target.getRawPath())));
    }

    /** The request for the client; length and host are its own business. */
    HttpUriRequestBase toRequest() {
        var request = new HttpUriRequestBase(method, target);
        headers.forEach((name, value) -> {
            if (!name.equalsIgnoreCase("content-length") && !name.equalsIgnoreCase("transfer-encoding")) {
                request.setHeader(name, value);
            }
        });
        if (secret) {
            request.setConfig(WITHOUT_REDIRECTS);
        }
        if (body != null) {
            request.setEntity(new StringEntity(body, contentType()));
        }
        return request;
    }

    /** The first header whose value no header may have: with a line break it could say more than one. */
    Optional<String> brokenHeader() {
        return headers.entrySet().stream()
                .filter(header -> header.getValue().chars().anyMatch(letter -> letter < ' ' && letter != '\t'))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Never shows a header. */
    @Override
    public String toString() {
        return "HttpCall[%s]".formatted(describe());
    }

    private ContentType contentType() {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("content-type"))
                .map(header -> ContentType.parseLenient(header.getValue()))
                .findFirst()
                .orElse(ContentType.APPLICATION_JSON);
    }
}
