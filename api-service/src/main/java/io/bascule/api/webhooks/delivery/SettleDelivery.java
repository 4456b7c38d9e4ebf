package io.bascule.api.webhooks.delivery;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Actor;
import io.bascule.api.audit.AuditEvent.Outcome;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.RequestOrigin;
import io.bascule.api.webhooks.delivery.Attempt.Answered;
import io.bascule.api.webhooks.delivery.Attempt.NoAnswer;
import io.bascule.api.webhooks.delivery.Attempt.Refused;
import io.bascule.api.webhooks.delivery.Verdict.Again;
import io.bascule.api.webhooks.delivery.Verdict.Delivered;
import io.bascule.api.webhooks.delivery.Verdict.GivenUp;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Stores what came of an attempt, with what it means for its webhook. A claim that is no longer in force changes nothing. */
class SettleDelivery {

    private static final Logger log = LoggerFactory.getLogger(SettleDelivery.class);

    private static final String SETTLE = """
            update webhook_deliveries
            set state = :state, failures = failures + :failed, last_status = :status, last_error = :error,
                next_at = clock_timestamp() + :wait * interval '1 ms',
                finished_at = case when :wait::bigint is null then clock_timestamp() end
            where id = :id and attempt = :attempt and state = 'sending'""";

    private static final String HEALTH =
            "select failures, failing_since, clock_timestamp() as now from webhooks where id = ? for no key update";

    private static final String FAILING =
            "update webhooks set failures = ?, failing_since = ?, rests_until = ? where id = ?";

    private static final String WELL = """
            update webhooks set failures = 0, failing_since = null, rests_until = 'epoch' where id = ? and failures > 0""";

    private static final String DISABLE = """
            update webhooks set disabled_at = clock_timestamp(), disabled_reason = ?, version = version + 1
            where id = ? and disabled_at is null and callback_origin is null returning workspace_id, name""";

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final RandomGenerator random;

    SettleDelivery(JdbcClient database, TransactionTemplate transaction, AuditLog audit, RandomGenerator random) {
        this.database = database;
        this.transaction = transaction;
        this.audit = audit;
        this.random = random;
    }

    /** Returns what becomes of the delivery. */
    Verdict settle(DueDelivery delivery, Attempt attempt) {
        Verdict verdict = Verdict.of(attempt, delivery.failures(), random.nextDouble());
        transaction.executeWithoutResult(status -> {
            UUID webhook = delivery.endpoint().webhook();
            // The webhook's row first, as a removal of the webhook locks them.
            switch (verdict) {
                case Delivered _ -> database.sql(WELL).param(webhook).update();
                case Again _, GivenUp _ -> note(webhook, attempt);
            }
            if (store(delivery, attempt, verdict) == 0) {
                status.setRollbackOnly();
            }
        });
        return verdict;
    }

    private int store(DueDelivery delivery, Attempt attempt, Verdict verdict) {
        return database.sql(SETTLE)
                .param(
                        "state",
                        switch (verdict) {
                            case Delivered _ -> "delivered";
                            case Again _ -> "waiting";
                            case GivenUp _ -> "failed";
                        })
                .param("failed", verdict instanceof Delivered ? 0 : 1)
                .param("status", attempt instanceof Answered(int code, var _) ? code : null)
                .param("error", error(attempt))
                .param("wait", verdict instanceof Again(var delay) ? delay.toMillis() : null)
                .param("id", delivery.id())
                .param("attempt", delivery.attempt())
                .update();
    }

    private static @Nullable String error(Attempt attempt) {
        return switch (attempt) {
            case Answered answer when answer.isSuccess() -> null;
            case Answered(int status, var _) -> "Its endpoint answered with status " + status;
            case NoAnswer(String reason) -> reason;
            case Refused(String reason) -> reason;
        };
    }

    /** A refusal says nothing about the endpoint. */
    private void note(UUID webhook, Attempt attempt) {
        if (attempt instanceof Refused) {
            return;
        }
        database.sql(HEALTH)
                .param(webhook)
                .query((row, _) -> {
                    Timestamp since = row.getTimestamp("failing_since");
                    Instant now = row.getTimestamp("now").toInstant();
                    var before = new EndpointHealth(row.getInt("failures"), since == null ? null : since.toInstant());
                    return new Noted(before.failedAt(now), now);
                })
                .optional()
                .ifPresent(noted -> note(webhook, attempt, noted));
    }

    private void note(UUID webhook, Attempt attempt, Noted noted) {
        EndpointHealth health = noted.health();
        database.sql(FAILING)
                .params(
                        health.failures(),
                        Timestamp.from(Objects.requireNonNull(health.failingSince())),
                        Timestamp.from(health.restsUntil(noted.now())),
                        webhook)
                .update();
        health.reasonToDisable(attempt, noted.now()).ifPresent(reason -> disable(webhook, reason));
    }

    /** In the caller's transaction. Where callbacks go is never disabled: each of them is another task's. */
    void disable(UUID webhook, String reason) {
        database.sql(DISABLE).params(reason, webhook).query(row -> {
            String name = Objects.requireNonNull(row.getString("name"));
            log.warn("Webhook {} ({}) is disabled: {}", name, webhook, reason);
            audit.record(new AuditEvent(
                    row.getObject("workspace_id", UUID.class),
                    new Actor(Actor.Kind.SERVICE, "api-service", "api-service"),
                    new RequestOrigin("", ""),
                    "webhook.disable",
                    new Target("webhook", webhook.toString(), name),
                    Outcome.ALLOWED,
                    Map.of("reason", reason)));
        });
    }

    private record Noted(EndpointHealth health, Instant now) {}
}
