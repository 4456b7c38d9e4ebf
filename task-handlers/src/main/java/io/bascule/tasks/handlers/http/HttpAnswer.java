package io.bascule.tasks.handlers.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came back, as a task's result: the body as text, cut where the call says.
 *
 * @param headers by lower-case name; repeated ones are joined by a comma and a space
 */
record HttpAnswer(int status, Map<String, String> headers, String body, boolean truncated, Duration took) {

    static HttpAnswer read(ClassicHttpResponse response, int mostBytes) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : response.getHeaders()) {
            headers.merge(
                    header.getName().toLowerCase(Locale.ROOT), header.getValue(), (one, other) -> one + ", " + other);
        }
        var entity = response.getEntity();
        if (entity == null) {
            return new HttpAnswer(response.getCode(), headers, "", false, Duration.ZERO);
        }
        try (InputStream content = entity.getContent()) {
            byte[] bytes = content.readNBytes(mostBytes);
            boolean more = bytes.length == mostBytes && content.read() >= 0;
            return new HttpAnswer(
                    response.getCode(),
                    headers,
                    new String(bytes, charset(entity.getContentType())),
                    more,
                    Duration.ZERO);
        }
    }

    HttpAnswer after(Duration time) {
        return new HttpAnswer(status, headers, body, truncated, time);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("status", status);
        ObjectNode fields = json.putObject("headers");
        headers.forEach(fields::put);
        json.put("body", body);
        json.put("truncated", truncated);
        json.put("durationMillis", took.toMillis());
        return json;
    }

    private static Charset charset(String contentType) {
        ContentType type = ContentType.parseLenient(contentType);
        return type == null || type.getCharset() == null ? StandardCharsets.UTF_8 : type.getCharset();
    }
}
