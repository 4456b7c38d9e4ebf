package io.bascule.api.agents;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
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

    /** By name, those after the given one. A name belongs to one agent at a time. */
    @Query("""
            select a from Agent a
            where a.workspace = :workspace and a.revokedAt is null and a.name > :after
            order by a.name
            """)
    List<Agent> findAfter(UUID workspace, String after, Limit limit);

    @Query(value = "select name from workspaces where id = :workspace", nativeQuery = true)
    String workspaceName(UUID workspace);
}
