package io.bascule.api.agents;

import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.naming.Labels;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An agent as it is registered; where it is connected right now is presence, not part of it. */
@Entity
@Table(name = "agents")
public class Agent {

    @Id
    private UUID id;

    @Column(name = "workspace_id")
    private UUID workspace;

    private String name;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, String> labels;

    private Instant createdAt;

    private @Nullable Instant joinedAt;

    /** Kept by reports of bridges, past this entity. */
    @Column(insertable = false, updatable = false)
    private @Nullable Instant lastSeenAt;

    private @Nullable Instant revokedAt;

    @Version
    private @Nullable Long version;

    @SuppressWarnings("NullAway.Init")
    protected Agent() {}

    Agent(UUID id, UUID workspace, String name, Labels labels, Instant createdAt) {
        this.id = id;
        this.workspace = workspace;
        this.name = name;
        this.labels = labels.values();
        this.createdAt = createdAt;
    }

    /** The first certificate makes it joined; later ones change nothing. */
    void join(Instant now) {
        if (joinedAt == null) {
            joinedAt = now;
        }
    }

    void revoke(Instant now) {
        revokedAt = now;
    }

    public UUID id() {
        return id;
    }

    public UUID workspace() {
        return workspace;
    }

    public String name() {
        return name;
    }

    public Labels labels() {
        return new Labels(labels);
    }

    public Instant createdAt() {
        return createdAt;
    }

    public boolean joined() {
        return joinedAt != null;
    }

    public boolean revoked() {
        return revokedAt != null;
    }

    public Optional<Instant> lastSeenAt() {
        return Optional.ofNullable(lastSeenAt);
    }

    Target asTarget() {
        return new Target("agent", id.toString(), name);
    }
}
