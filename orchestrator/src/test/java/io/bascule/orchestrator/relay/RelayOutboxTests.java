package io.bascule.orchestrator.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.events.CloudEvent;
import io.bascule.orchestrator.leadership.DeposedException;
import io.bascule.testsupport.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

class RelayOutboxTests {

    private final DataSource dataSource = TestDatabase.create().dataSource();
    private final JdbcClient database = JdbcClient.create(dataSource);
    private final Outbox outbox = new Outbox(database);
    private final RecordingPublisher publisher = new RecordingPublisher();
    private final RelayOutbox relay = new RelayOutbox(outbox, publisher);

    @Test
    void everyEventIsPublishedOnceInTheOrderOfTheTransactions() {
        write("a");
        write("b");
        relay.step(1);
        write("c");
        relay.step(1);
        relay.step(1);

        assertThat(publisher.subjects).containsExactly("a", "b", "c");
        assertThat(unpublished()).isZero();
    }

    @Test
    void aRowThatTellsOfManyIsPublishedAsAnEventOfEachInItsPlace() {
        relay.step(1);
        write("a");
        List<String> many = writeMany(3);
        write("b");
        assertThat(unpublished()).isEqualTo(5);

        relay.step(1);

        assertThat(publisher.subjects).containsExactly("a", many.get(0), many.get(1), many.get(2), "b");
        assertThat(publisher.events).extracting(CloudEvent::id).doesNotHaveDuplicates();
        CloudEvent last = publisher.events.get(3);
        assertThat(last.type()).isEqualTo("io.bascule.task.finished");
        assertThat(JsonMapper.shared().readTree(last.data()))
                .isEqualTo(JsonMapper.shared()
                        .readTree("{\"type\":\"echo\",\"state\":\"failed\",\"attempt\":3,\"runMillis\":null}"));
        assertThat(unpublished()).isZero();
    }

    @Test
    void rowsTellOfOneEventUntilARelayLeadsThatReadsOthers() {
        database.sql("""
                        create trigger event_outbox_until_upgraded before insert on event_outbox
                        for each row when (new.subject is null) execute function write_one_by_one()""").update();
        String many = "insert into event_outbox (type, number, subjects, attempts, data)"
                + " values ('io.bascule.task.started', 2, array[uuidv7(), uuidv7()], '{1,2}', '[{\"type\": \"echo\"}, \"waitedMillis\"]')";
        database.sql(many).update();
        assertThat(rows()).isEqualTo(2);

        relay.step(1);
        database.sql(many).update();

        assertThat(rows()).isEqualTo(3);
        relay.step(1);
        assertThat(publisher.subjects).hasSize(4).doesNotHaveDuplicates();
    }

    private long unpublished() {
        return database.sql("""
                        select coalesce(sum(number), 0) from event_outbox, outbox_relays relay
                        where relay.name = 'kafka' and (event_outbox.xid, event_outbox.seq) > (relay.xid, relay.seq)""").query(Long.class).single();
    }

    private int rows() {
        return database.sql("select count(*) from event_outbox")
                .query(Integer.class)
                .single();
    }

    @Test
    void aRowIsPublishedWholeAndOnlyOnceHoweverManyItTellsOf() {
        write("a");
        List<String> many = writeMany(1_200);
        write("b");

        assertThat(relay.step(1)).isTrue();
        assertThat(publisher.subjects).hasSize(1_201);
        assertThat(relay.step(1)).isFalse();

        assertThat(publisher.subjects)
                .startsWith("a")
                .containsSequence(many)
                .endsWith("b")
                .hasSize(1_202);
    }

    /** A deployment is upgraded pod by pod: the leader of the release before must not make something else of such a row. */
    @Test
    void aRelayThatKnowsOneEventARowStopsAtARowThatTellsOfMany() {
        writeMany(2);
        var asItWas = database.sql("select type, subject, data::text as data from event_outbox")
                .query((row, _) -> new CloudEvent(
                        "1-1",
                        row.getString("type"),
                        row.getString("subject"),
                        Instant.EPOCH,
                        null,
                        row.getString("data")))
                .single();

        assertThatThrownBy(asItWas::headers).isInstanceOf(NullPointerException.class);
    }

    @Test
    void whatAnOpenTransactionMayStillWriteIsNotPassedOver() throws SQLException {
        try (Connection slow = dataSource.getConnection()) {
            slow.setAutoCommit(false);
            slow.createStatement()
                    .execute(
                            "insert into event_outbox (type, subject, data) values ('io.bascule.task.x', 'slow', '{}')");
            write("fast");
            relay.step(1);
            assertThat(publisher.subjects).isEmpty();

            slow.commit();
        }
        relay.step(1);
        assertThat(publisher.subjects).containsExactly("slow", "fast");
    }

    @Test
    void whatCouldNotBePublishedIsPublishedLater() {
        write("a");
        publisher.away = true;
        assertThatThrownBy(() -> relay.step(1)).isInstanceOf(IllegalStateException.class);
        assertThat(unpublished()).isEqualTo(1);
        publisher.away = false;
        relay.step(1);

        assertThat(publisher.subjects).containsExactly("a");
    }

    @Test
    void aLaterLeadershipTakesOverAndTheEarlierOneIsTold() {
        write("a");
        relay.step(1);
        write("b");
        relay.step(2);
        write("c");

        assertThatThrownBy(() -> relay.step(1)).isInstanceOf(DeposedException.class);
        relay.step(2);
        assertThat(publisher.subjects).containsExactly("a", "b", "c");
    }

    @Test
    void aLeaderDeposedWhilePublishingDoesNotMoveTheCursor() {
        write("a");
        publisher.before = () -> outbox.cursor(2);
        assertThatThrownBy(() -> relay.step(1)).isInstanceOf(DeposedException.class);
        publisher.before = () -> {};
        relay.step(2);

        assertThat(publisher.subjects).containsExactly("a", "a");
    }

    @Test
    void theCursorOfAnotherClusterCountsForNothing() {
        write("a");
        relay.step(1);
        database.sql(
                        "update outbox_relays set system_identifier = 'elsewhere', xid = '999999999'::xid8 where name = 'kafka'")
                .update();
        relay.step(1);

        assertThat(publisher.subjects).containsExactly("a", "a");
    }

    private void write(String subject) {
        database.sql("insert into event_outbox (type, subject, data) values ('io.bascule.task.x', ?, '{}')")
                .param(subject)
                .update();
    }

    private List<String> writeMany(int number) {
        return database.sql("""
                        insert into event_outbox (type, number, subjects, attempts, millis, data)
                        select 'io.bascule.task.finished', count(*), array_agg(uuidv7()), array_agg(n), array_agg(nullif(n, 3)),
                            '[{"type": "echo", "state": "failed"}, "runMillis"]'
                        from generate_series(1, ?) n
                        returning subjects::text[]""")
                .param(number)
                .query((row, _) -> List.of((String[]) row.getArray(1).getArray()))
                .single();
    }

    private static final class RecordingPublisher implements EventPublisher {

        private final List<String> subjects = new ArrayList<>();
        private final List<CloudEvent> events = new ArrayList<>();
        private boolean away;
        private Runnable before = () -> {};

        @Override
        public void publish(List<CloudEvent> events) {
            if (away) {
                throw new IllegalStateException("away");
            }
            before.run();
            this.events.addAll(events);
            events.forEach(event -> subjects.add(event.subject()));
        }
    }
}
