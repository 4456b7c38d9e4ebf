package io.bascule.api.agents;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface AgentRepository extends Repository<Agent, UUID> {

    Agent saveAndFlush(Agent agent);

    Optional<Agent> findById(UUID id);

    /** Nobody can revoke it before the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_READ)
    @Query("select a from Agent a where a.id = :id")
    Optional<Agent> hold(UUID id);

    @Query("select a from Agent a where a.workspace = :workspace and a.id = :id")
    Optional<Agent> find(UUID workspace, UUID id);

    @Query("select a from Agent a where a.workspace = :workspace and a.name = :name and a.revokedAt is null")
    Optional<Agent> find(UUID workspace, String name);

    /**
     * By name, those after the given one that are not revoked. A name belongs to one agent at a time.
     *
     * @param part what is in the name; empty for anything
     * @param labels a JSON object; {@code {}} for any
     */
    @Query(nativeQuery = true, value = """
            select * from agents
            where workspace_id = :workspace and revoked_at is null and name > :after
              and (:part = '' or strpos(name, :part) > 0)
              and labels @> cast(:labels as jsonb)
            order by name limit :limit
            """)
    List<Agent> search(UUID workspace, String after, String part, String labels, int limit);

    /** Those that have joined and are not revoked. */
    @Query("select a.id from Agent a where a.workspace = :workspace and a.revokedAt is null and a.joinedAt is not null")
    List<UUID> findJoined(UUID workspace);

    @Query("select count(a) from Agent a where a.workspace = :workspace and a.revokedAt is null and a.joinedAt is null")
    int countNeverJoined(UUID workspace);

    @Query(value = "select name from workspaces where id = :workspace", nativeQuery = true)
    String workspaceName(UUID workspace);
}
