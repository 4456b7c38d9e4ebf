package io.bascule.cli.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One request of the API.
 *
 * @param path below {@code /api/v1}
 * @param body what is sent as JSON; null for nothing
 * @param timeout the longest to wait for the answer
 */
public record Call(String method, String path, @Nullable Object body, Map<String, String> headers, Duration timeout) {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    public Call {
        headers = Map.copyOf(headers);
    }

    public static Call get(String path) {
        return new Call("GET", path, null, Map.of(), TIMEOUT);
    }

    public static Call post(String path, Object body) {
        return new Call("POST", path, body, Map.of(), TIMEOUT);
    }

    public static Call put(String path, Object body) {
        return new Call("PUT", path, body, Map.of(), TIMEOUT);
    }

    public static Call delete(String path) {
        return new Call("DELETE", path, null, Map.of(), TIMEOUT);
    }

    public Call with(String header, String value) {
        Map<String, String> more = new java.util.HashMap<>(headers);
        more.put(header, value);
        return new Call(method, path, body, more, timeout);
    }

    public Call waiting(Duration longest) {
        return new Call(method, path, body, headers, longest);
    }

    /** A part of a path that a person typed. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A query of what is not empty. */
    public static String query(Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter -> parameter.getKey() + "=" + segment(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }
}
