package io.bascule.api.resources;

import io.bascule.api.agents.Agent;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.naming.Labels;
import io.bascule.api.revisions.Revision;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A host and port at an agent's side, under a name. */
@Entity
@Table(name = "resources")
class Resource {

    @Id
    private UUID id;

    @Column(name = "workspace_id")
    private UUID workspace;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "agent_id")
    private Agent agent;

    private String name;

    @Convert(converter = ResourceKindColumn.class)
    private ResourceKind kind;

    private String host;

    private int port;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, String> labels;

    private Instant createdAt;

    private Instant updatedAt;

    @Version
    private @Nullable Long version;

    @SuppressWarnings("NullAway.Init")
    protected Resource() {}

    Resource(UUID id, UUID workspace, Agent agent, ResourceSpecification specification, Instant now) {
        this.id = id;
        this.workspace = workspace;
        this.agent = agent;
        this.name = specification.name();
        this.kind = specification.kind();
        this.host = specification.host();
        this.port = specification.port();
        this.labels = specification.labels().values();
        this.createdAt = now;
        this.updatedAt = now;
    }

    void change(Agent agent, ResourceSpecification specification, Instant now) {
        this.agent = agent;
        this.name = specification.name();
        this.kind = specification.kind();
        this.host = specification.host();
        this.port = specification.port();
        this.labels = specification.labels().values();
        this.updatedAt = now;
    }

    UUID id() {
        return id;
    }

    Agent agent() {
        return agent;
    }

    String name() {
        return name;
    }

    ResourceKind kind() {
        return kind;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    Labels labels() {
        return new Labels(labels);
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    Revision revision() {
        return new Revision(version == null ? 0 : version);
    }

    Target asTarget() {
        return new Target("resource", id.toString(), name);
    }
}
