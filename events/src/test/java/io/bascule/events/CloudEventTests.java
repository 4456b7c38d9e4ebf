package io.bascule.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CloudEventTests {

    private static final CloudEvent FINISHED = new CloudEvent(
            "742-9",
            "io.bascule.task.finished",
            "01936f00-0000-7000-8000-000000000001",
            Instant.parse("2026-03-01T12:00:00.123Z"),
            UUID.fromString("01936f00-0000-7000-8000-0000000000aa"),
            "{\"state\":\"succeeded\"}");

    /** What consumers rely on: a change here breaks them. */
    @Test
    void theHeadersAreThoseOfTheKafkaBinding() {
        Map<String, String> headers = new TreeMap<>();
        FINISHED.headers().forEach((name, value) -> headers.put(name, new String(value, StandardCharsets.UTF_8)));

        assertThat(headers)
                .hasToString("{ce_id=742-9, ce_source=/bascule, ce_specversion=1.0,"
                        + " ce_subject=01936f00-0000-7000-8000-000000000001, ce_time=2026-03-01T12:00:00.123Z,"
                        + " ce_type=io.bascule.task.finished, ce_workspaceid=01936f00-0000-7000-8000-0000000000aa,"
                        + " content-type=application/json}");
    }

    @Test
    void whatWasWrittenReadsTheSame() {
        byte[] data = FINISHED.data().getBytes(StandardCharsets.UTF_8);

        assertThat(CloudEvent.read(FINISHED.headers(), data)).isEqualTo(FINISHED);
    }

    @Test
    void headersThatANewerVersionAddsArePassedOver() {
        Map<String, byte[]> headers = new HashMap<>(FINISHED.headers());
        headers.put("ce_new", new byte[] {1});

        assertThat(CloudEvent.read(headers, new byte[0]).id()).isEqualTo("742-9");
    }

    @Test
    void aMissingAttributeIsNamed() {
        Map<String, byte[]> headers = new HashMap<>(FINISHED.headers());
        headers.remove("ce_type");

        assertThatThrownBy(() -> CloudEvent.read(headers, new byte[0])).hasMessage("ce_type is missing");
    }

    @Test
    void everyTypeHasItsTopic() {
        assertThat(Topic.of("io.bascule.task.finished")).isEqualTo(Topic.TASKS);
        assertThat(Topic.of("io.bascule.tunnel.closed")).isEqualTo(Topic.TUNNELS);
        assertThat(Topic.of("io.bascule.agent.connected")).isEqualTo(Topic.AGENTS);
        assertThat(Topic.of("io.bascule.something.new")).isEqualTo(Topic.PLATFORM);
    }
}
