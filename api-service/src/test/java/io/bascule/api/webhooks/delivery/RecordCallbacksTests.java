package io.bascule.api.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.events.CloudEvent;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class RecordCallbacksTests {

    private final Stored stored = new Stored();
    private final UUID task = stored.callback(stored.workspace, "https://one.example.org/hook?task=1");

    @Test
    void anEndIsOneDeliveryHoweverOftenItIsRecorded() {
        CloudEvent end = stored.end(stored.workspace, task);

        assertThat(stored.record.record(List.of(end, end))).isOne();
        assertThat(stored.record.record(List.of(end))).isZero();

        assertThat(stored.countOf(task, "waiting")).isOne();
        assertThat(stored.claim(10, 10)).singleElement().satisfies(due -> {
            assertThat(due.endpoint().url()).isEqualTo("https://one.example.org/hook?task=1");
            assertThat(due.message().eventId()).isEqualTo(end.id());
            assertThat(due.message().body()).contains("\"subject\":\"%s\"".formatted(task));
        });
    }

    @Test
    void anEndThatIsRecordedAgainWhenItsOriginIsAnotherRowsIsNotDeliveredAgain() {
        CloudEvent end = stored.end(stored.workspace, task);
        stored.record.record(List.of(end));
        stored.database
                .sql("update webhooks set callback_origin = 'https://other:443'")
                .update();

        assertThat(stored.record.record(List.of(end))).isZero();

        assertThat(stored.countOf(task, "waiting")).isOne();
    }

    @Test
    void onlyEndsOfTasksWithACallbackAreTold() {
        UUID other = stored.workspace("other");

        stored.record.record(List.of(
                stored.event("no-task", "io.bascule.task.finished"),
                stored.end(stored.workspace, UUID.randomUUID()),
                stored.end(other, task),
                new CloudEvent("s", "io.bascule.task.started", task.toString(), stored.now(), stored.workspace, "{}")));

        assertThat(deliveries()).isZero();
        assertThat(origins(stored.workspace)).isEmpty();
    }

    @Test
    void anEndIsToldToWebhooksAndToItsCallback() {
        UUID webhook = stored.webhook("all", "https://example.org/all", SigningSecret.generate());

        assertThat(stored.record.record(List.of(stored.end(stored.workspace, task))))
                .isEqualTo(2);

        assertThat(stored.count(webhook, "waiting")).isOne();
        assertThat(stored.countOf(task, "waiting")).isOne();
    }

    @Test
    void tasksWithTheSameOriginShareItsRowAndWorkspacesDoNot() {
        UUID theirs = stored.workspace("theirs");
        stored.record.record(List.of(
                stored.end(stored.workspace, task),
                stored.end(stored.workspace, stored.callback(stored.workspace, "HTTPS://One.Example.org:443/else")),
                stored.end(stored.workspace, stored.callback(stored.workspace, "http://one.example.org/")),
                stored.end(theirs, stored.callback(theirs, "https://one.example.org/"))));

        assertThat(origins(stored.workspace))
                .containsExactly("http://one.example.org:80", "https://one.example.org:443");
        assertThat(origins(theirs)).containsExactly("https://one.example.org:443");
    }

    @Test
    void originsBeyondTheBoundShareOneRow() {
        stored.database
                .sql("""
                        insert into webhooks (id, workspace_id, name, url, event_types, description, callback_origin)
                        select id, ?, id::text, 'x', '{}', '', 'https://host-' || n || ':443'
                        from (select uuidv7() as id, n from generate_series(1, ?) n offset 0) o""")
                .params(stored.workspace, RecordCallbacks.MOST_ORIGINS)
                .update();
        UUID known = stored.callback(stored.workspace, "https://host-7/known");
        UUID another = stored.callback(stored.workspace, "https://another.example.org/");

        stored.record.record(List.of(
                stored.end(stored.workspace, task),
                stored.end(stored.workspace, another),
                stored.end(stored.workspace, known)));

        assertThat(originOf(task)).isEmpty();
        assertThat(originOf(another)).isEmpty();
        assertThat(originOf(known)).isEqualTo("https://host-7:443");
        assertThat(origins(stored.workspace)).hasSize(RecordCallbacks.MOST_ORIGINS + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org, https://example.org:443",
        "HTTP://EXAMPLE.org/a?b, http://example.org:80",
        "https://[2001:DB8::1]:8443/, https://[2001:db8::1]:8443"
    })
    void anOriginIsWrittenInOneWay(String url, String origin) {
        assertThat(RecordCallbacks.origin(url)).isEqualTo(origin);
    }

    private int deliveries() {
        return stored.database
                .sql("select count(*) from webhook_deliveries")
                .query(Integer.class)
                .single();
    }

    private List<String> origins(UUID workspace) {
        return stored.database
                .sql(
                        "select callback_origin from webhooks where workspace_id = ? and callback_origin is not null order by 1")
                .param(workspace)
                .query((row, _) -> String.valueOf(row.getString(1)))
                .list();
    }

    private String originOf(UUID of) {
        return stored.database
                .sql(
                        "select w.callback_origin from webhooks w join webhook_deliveries d on d.webhook_id = w.id where d.task_id = ?")
                .param(of)
                .query(String.class)
                .single();
    }
}
