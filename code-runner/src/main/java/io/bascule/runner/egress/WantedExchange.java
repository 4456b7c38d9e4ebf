package io.bascule.runner.egress;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One HTTP request as a function wants it, checked: nothing in it can become more than one request.
 *
 * @param target the path and query, as they are sent
 */
record WantedExchange(String method, Endpoint endpoint, String target, List<Header> headers, ByteBuffer body) {

    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int MOST_HEADERS = 200;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,200}");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]{0,16384}");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    /** What belongs to the connection is ours to say. */
    private static final Set<String> OURS = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "accept-encoding",
            "keep-alive",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "proxy-authorization",
            "proxy-connection");

    record Header(String name, String value) {}

    record Endpoint(boolean secure, String host, int port) {}

    /** Reads the body of a frame: the head's length, the head as JSON, the request's own body. */
    static WantedExchange read(ByteBuffer frame) throws EgressRefusedException {
        try {
            int length = frame.getInt();
            if (length < 0 || length > Math.min(LONGEST_HEAD, frame.remaining())) {
                throw invalid("its head (expected: at most %d bytes)".formatted(LONGEST_HEAD));
            }
            byte[] head = new byte[length];
            frame.get(head);
            JsonNode told = JSON.readTree(new String(head, StandardCharsets.UTF_8));
            return of(told, new URI(told.path("url").asString("")), frame);
        } catch (JacksonException
                | URISyntaxException
                | IllegalArgumentException
                | BufferUnderflowException unreadable) {
            throw invalid("the request cannot be read: " + unreadable.getMessage());
        }
    }

    private static WantedExchange of(JsonNode told, URI url, ByteBuffer body) throws EgressRefusedException {
        String method = told.path("method").asString("GET").toUpperCase(Locale.ROOT);
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        String host = url.getHost();
        if (!METHODS.contains(method)) {
            throw invalid("method %s (expected one of %s)".formatted(method, METHODS));
        }
        boolean web = scheme.equals("http") || scheme.equals("https");
        if (!web || host == null || url.getUserInfo() != null) {
            throw invalid("url (expected: http or https, with a host and without a user)");
        }
        boolean secure = scheme.equals("https");
        int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        var endpoint = new Endpoint(secure, plain(host), port);
        return new WantedExchange(method, endpoint, target, headers(told.path("headers")), body);
    }

    private static List<Header> headers(JsonNode told) throws EgressRefusedException {
        if (told.size() > MOST_HEADERS) {
            throw invalid("%d headers (expected: at most %d)".formatted(told.size(), MOST_HEADERS));
        }
        List<Header> headers = new ArrayList<>();
        for (JsonNode pair : told) {
            String name = pair.path(0).asString("");
            String value = pair.path(1).asString("");
            if (!TOKEN.matcher(name).matches()) {
                throw invalid("a header's name (expected: 1 to 200 letters, digits and !#$%&'*+.^_`|~-)");
            }
            if (!VALUE.matcher(value).matches()) {
                throw invalid(
                        "the value of the header %s (expected: at most 16384 characters of Latin-1, without line ends)"
                                .formatted(name));
            }
            if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
                headers.add(new Header(name, value));
            }
        }
        return List.copyOf(headers);
    }

    /** In lower case, without a dot at its end, and without the brackets of IPv6. */
    private static String plain(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : IDN.toASCII(host);
        String lower = bare.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static EgressRefusedException invalid(String what) {
        return new EgressRefusedException("EGRESS_REQUEST", "The request is not valid: " + what);
    }

    /** As it goes over the wire, without its body. */
    byte[] head() {
        var head = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, target));
        int port = endpoint.port();
        boolean usual = port == (endpoint.secure() ? 443 : 80);
        head.append("Host: ")
                .append(endpoint.host())
                .append(usual ? "" : ":" + port)
                .append("\r\n");
        head.append("Connection: close\r\nAccept-Encoding: identity\r\n");
        headers.forEach(header ->
                head.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        if (body.hasRemaining() || method.startsWith("P")) {
            head.append("Content-Length: ").append(body.remaining()).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
