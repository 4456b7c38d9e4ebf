package io.bascule.api.scaling.replicas;

import io.bascule.api.scaling.replicas.ComponentState.Seen;
import io.bascule.scaling.Decision.Hold;
import io.bascule.scaling.Memory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** States and decisions in PostgreSQL. */
class JdbcScaling {

    private static final Logger log = LoggerFactory.getLogger(JdbcScaling.class);

    /** Of one component. */
    static final int MOST_DECISIONS = 1_000;

    private static final TypeReference<List<Seen>> SIGNALS = new TypeReference<>() {};

    private static final String STATES =
            "select component, observed_at, pods, desired, hold, signals, memory from scaling_states order by"
                    + " component";

    private static final String KEEP = """
        insert into scaling_states (component, observed_at, pods, desired, hold, signals, memory)
        values (:component, :observedAt, :pods, :desired, :hold, cast(:signals as json), cast(:memory as json))
        on conflict (component) do update set observed_at = excluded.observed_at, pods = excluded.pods,
            desired = excluded.desired, hold = excluded.hold, signals = excluded.signals, memory = excluded.memory\
        """;

    private static final String RECORD = """
        insert into scaling_decisions
            (component, decided_at, from_pods, to_pods, live_pods, signal, value, wanted, hold)
        values (:component, :at, :from, :to, :live, :signal, :value, :wanted, :hold)\
        """;

    /** What is older than the newest so many. */
    private static final String FORGET = """
        delete from scaling_decisions where component = :component
            and id <= (select id from scaling_decisions where component = :component
                order by id desc offset :most limit 1)\
        """;

    private static final String FORGET_OLD =
            "delete from scaling_decisions where decided_at < cast(:now as timestamptz) - interval '30 d'";

    private static final String DECISIONS = """
        select id, component, decided_at, from_pods, to_pods, live_pods, signal, value, wanted, hold
        from scaling_decisions
        where (cast(:component as text) is null or component = :component)
            and (cast(:after as bigint) is null or id < :after)
        order by id desc limit :count\
        """;

    private final JdbcClient database;
    private final JsonMapper json;

    JdbcScaling(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** A decision and its place in the order of all. */
    record Kept(long id, ScalingDecision decision) {}

    /** The database's clock, which is the same for all pods. */
    Instant now() {
        return database.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /** Without those that this release cannot read: to it they were never kept. */
    List<ComponentState> states() {
        return states(STATES);
    }

    /** The same, and nobody else changes them until the caller's transaction ends. */
    List<ComponentState> lockedStates() {
        return states(STATES + " for update");
    }

    private List<ComponentState> states(String query) {
        return database.sql(query).query(this::state).list().stream()
                .flatMap(Optional::stream)
                .toList();
    }

    void keep(ComponentState state) {
        database.sql(KEEP)
                .param("component", state.component())
                .param("observedAt", utc(state.observedAt()))
                .param("pods", state.pods())
                .param("desired", state.desired())
                .param("hold", state.hold().name())
                .param("signals", json.writeValueAsString(state.signals()))
                .param("memory", json.writeValueAsString(state.memory()))
                .update();
    }

    /** Keeps a decision, and no more of its component than are to be kept. */
    void record(ScalingDecision decision) {
        database.sql(RECORD)
                .param("component", decision.component())
                .param("at", utc(decision.at()))
                .param("from", decision.from())
                .param("to", decision.to())
                .param("live", decision.live())
                .param("signal", decision.signal())
                .param("value", decision.value())
                .param("wanted", decision.wanted())
                .param("hold", decision.hold().name())
                .update();
        database.sql(FORGET)
                .param("component", decision.component())
                .param("most", MOST_DECISIONS)
                .update();
    }

    /** Lets go of what was decided more than 30 days ago, of components that decide nothing any more, too. */
    void forgetOld(Instant now) {
        database.sql(FORGET_OLD).param("now", utc(now)).update();
    }

    /**
     * Decisions, newest first.
     *
     * @param component null for all
     * @param after the id that they come after; null for the newest
     */
    List<Kept> decisions(@Nullable String component, @Nullable Long after, int count) {
        return database.sql(DECISIONS)
                .param("component", component)
                .param("after", after)
                .param("count", count)
                .query(JdbcScaling::decision)
                .list();
    }

    private Optional<ComponentState> state(ResultSet row, int number) throws SQLException {
        String component = text(row, "component");
        Instant observedAt = instant(row, "observed_at");
        Integer pods = row.getObject("pods", Integer.class);
        Integer desired = row.getObject("desired", Integer.class);
        String hold = text(row, "hold");
        String signals = text(row, "signals");
        String memory = text(row, "memory");
        try {
            return Optional.of(new ComponentState(
                    component,
                    observedAt,
                    pods,
                    desired,
                    Hold.valueOf(hold),
                    json.readValue(signals, SIGNALS),
                    Objects.requireNonNull(json.readValue(memory, Memory.class))));
        } catch (RuntimeException ofAnotherRelease) {
            log.debug("the state of {} is passed over: {}", component, ofAnotherRelease.getMessage());
            return Optional.empty();
        }
    }

    private static Kept decision(ResultSet row, int number) throws SQLException {
        var decision = new ScalingDecision(
                text(row, "component"),
                instant(row, "decided_at"),
                row.getInt("from_pods"),
                row.getInt("to_pods"),
                row.getObject("live_pods", Integer.class),
                row.getString("signal"),
                row.getObject("value", Double.class),
                row.getInt("wanted"),
                Hold.valueOf(text(row, "hold")));
        return new Kept(row.getLong("id"), decision);
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
