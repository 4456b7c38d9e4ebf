package io.bascule.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event, in the attributes of CloudEvents 1.0. On Kafka it travels in binary content mode (CloudEvents Kafka protocol
 * binding, section 3.2): the attributes are headers, the value is the data, and the key is the subject.
 *
 * @param id unique; a consumer that sees it again may skip the event, since delivery is at least once
 * @param type such as {@code io.bascule.task.finished}
 * @param subject id of what it happened to
 * @param workspace null for events of the platform itself
 * @param data JSON
 */
public record CloudEvent(
        String id,
        String type,
        String subject,
        Instant time,
        @Nullable UUID workspace,
        String data) {

    /** Where all events come from. */
    public static final String SOURCE = "/bascule";

    private static final String VERSION = "1.0";
    private static final String WORKSPACE = "ce_workspaceid";

    /** The attributes as Kafka headers. */
    public Map<String, byte[]> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", VERSION);
        headers.put("ce_id", id);
        headers.put("ce_source", SOURCE);
        headers.put("ce_type", type);
        headers.put("ce_subject", subject);
        headers.put("ce_time", time.toString());
        if (workspace != null) {
            headers.put(WORKSPACE, workspace.toString());
        }
        headers.put("content-type", "application/json");
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        headers.forEach((name, value) -> bytes.put(name, value.getBytes(StandardCharsets.UTF_8)));
        return bytes;
    }

    /**
     * Reads what {@link #headers()} wrote; unknown headers are passed over.
     *
     * @throws IllegalArgumentException naming the attribute that is missing or malformed
     */
    public static CloudEvent read(Map<String, byte[]> headers, byte[] data) {
        String version = required(headers, "ce_specversion");
        if (!VERSION.equals(version)) {
            throw new IllegalArgumentException("ce_specversion: " + version + " (expected: " + VERSION + ")");
        }
        byte[] workspace = headers.get(WORKSPACE);
        return new CloudEvent(
                required(headers, "ce_id"),
                required(headers, "ce_type"),
                required(headers, "ce_subject"),
                time(required(headers, "ce_time")),
                workspace == null ? null : UUID.fromString(text(workspace)),
                text(data));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException malformed) {
            throw new IllegalArgumentException("ce_time: " + text + " (expected: an RFC 3339 time)", malformed);
        }
    }

    private static String required(Map<String, byte[]> headers, String name) {
        byte[] value = headers.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return text(value);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
