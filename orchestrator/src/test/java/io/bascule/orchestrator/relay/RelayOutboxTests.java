package io.bascule.orchestrator.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.events.CloudEvent;
import io.bascule.orchestrator.leadership.DeposedException;
import io.bascule.testsupport.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

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
        assertThat(outbox.backlog()).isZero();
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
        assertThat(outbox.backlog()).isEqualTo(1);
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

    private static final class RecordingPublisher implements EventPublisher {

        private final List<String> subjects = new ArrayList<>();
        private boolean away;
        private Runnable before = () -> {};

        @Override
        public void publish(List<CloudEvent> events) {
            if (away) {
                throw new IllegalStateException("away");
            }
            before.run();
            events.forEach(event -> subjects.add(event.subject()));
        }
    }
}
