package io.bascule.api.resources;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface ResourceRepository extends Repository<Resource, UUID> {

    Resource saveAndFlush(Resource resource);

    void delete(Resource resource);

    void flush();

    @Query("select r from Resource r join fetch r.agent where r.workspace = :workspace and r.id = :id")
    Optional<Resource> find(UUID workspace, UUID id);

    @Query("select r from Resource r join fetch r.agent where r.workspace = :workspace and r.name = :name")
    Optional<Resource> find(UUID workspace, String name);

    @Query("select r from Resource r join fetch r.agent where r.id in :ids order by r.name")
    List<Resource> findAll(List<UUID> ids);

    /**
     * By name, those after the given one.
     *
     * @param kind empty for any
     * @param part what is in the name or the host; empty for anything
     * @param labels a JSON object; {@code {}} for any
     */
    @Query(nativeQuery = true, value = """
            select id from resources
            where workspace_id = :workspace and name > :after
              and (:kind = '' or kind = :kind)
              and (:part = '' or strpos(name, :part) > 0 or strpos(lower(host), :part) > 0)
              and labels @> cast(:labels as jsonb)
            order by name limit :limit
            """)
    List<UUID> search(UUID workspace, String after, String kind, String part, String labels, int limit);
}
