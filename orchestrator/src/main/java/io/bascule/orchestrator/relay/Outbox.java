package io.bascule.orchestrator.relay;

import io.bascule.events.CloudEvent;
import io.bascule.orchestrator.relay.RelayOutbox.OutboxEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The outbox and the relay's cursor in it. Rows are read in the order (xid, seq) and only below the oldest transaction
 * that is still running: numbers are handed out before their transactions commit, so that reading by number alone would
 * pass over a slow one.
 */
final class Outbox {

    private static final String RELAY = "kafka";

    /** Makes the cursor ours: a higher fence takes it over, a lower one finds it gone. */
    private static final String CURSOR = """
            insert into outbox_relays as relay (name, system_identifier, fence, xid, seq)
            select :name, system_identifier::text, :fence, '0'::xid8, 0 from pg_control_system()
            on conflict (name) do update
            set fence = excluded.fence,
                system_identifier = excluded.system_identifier,
                xid = case when relay.system_identifier = excluded.system_identifier then relay.xid else '0'::xid8 end,
                seq = case when relay.system_identifier = excluded.system_identifier then relay.seq else 0 end
            where relay.fence <= excluded.fence
            returning xid::text as xid, seq""";

    private static final String AFTER = """
            with last as (
                select xid, seq from (
                    select xid, seq, sum(number) over (order by xid, seq) - number as before
                    from (
                        select xid, seq, number from event_outbox
                        where (xid, seq) > (:xid::xid8, :seq) and xid < pg_snapshot_xmin(pg_current_snapshot())
                        order by xid, seq limit :limit) next) counted
                where before < :limit
                order by xid desc, seq desc limit 1
            )
            select e.id, e.xid::text as xid, e.seq, e.occurred_at, e.workspace_id, e.type, e.subject, e.data::text as data
            from outbox_events e, last
            where (e.xid, e.seq) > (:xid::xid8, :seq) and (e.xid, e.seq) <= (last.xid, last.seq)
            order by e.xid, e.seq, e.position""";

    private static final String MOVE = """
            update outbox_relays set xid = :xid::xid8, seq = :seq, moved_at = clock_timestamp()
            where name = :name and fence = :fence""";

    private final JdbcClient database;

    Outbox(JdbcClient database) {
        this.database = database;
    }

    /**
     * Lets a row tell of many events, since this relay can read it.
     *
     * @throws org.springframework.dao.DataAccessException when it would have to wait for others
     */
    void shareRows() {
        database.sql("select events_may_share_rows()").query((_, _) -> "").list();
    }

    /** Where to go on; empty when a later leadership has taken over. */
    Optional<Cursor> cursor(long fence) {
        return database.sql(CURSOR)
                .param("name", RELAY)
                .param("fence", fence)
                .query((row, _) -> position(row))
                .optional();
    }

    /** As many events, and the others of the row with which there are enough: a row is published whole, as the cursor passes it. */
    List<OutboxEvent> after(Cursor cursor, int limit) {
        return database.sql(AFTER)
                .param("xid", cursor.xid())
                .param("seq", cursor.seq())
                .param("limit", limit)
                .query((row, _) -> event(row))
                .list();
    }

    /** Says whether this leadership was still in force. */
    boolean move(Cursor to, long fence) {
        return database.sql(MOVE)
                        .param("name", RELAY)
                        .param("fence", fence)
                        .param("xid", to.xid())
                        .param("seq", to.seq())
                        .update()
                == 1;
    }

    private static OutboxEvent event(ResultSet row) throws SQLException {
        Cursor position = position(row);
        return new OutboxEvent(
                position,
                new CloudEvent(
                        row.getString("id"),
                        row.getString("type"),
                        row.getString("subject"),
                        row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                        row.getObject("workspace_id", UUID.class),
                        row.getString("data")));
    }

    private static Cursor position(ResultSet row) throws SQLException {
        return new Cursor(row.getString("xid"), row.getLong("seq"));
    }
}
