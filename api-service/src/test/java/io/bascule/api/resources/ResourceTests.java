package io.bascule.api.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.testsupport.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class ResourceTests {

    private static final String RESOURCES = "/api/v1/resources";

    private final Api api;
    private final JdbcClient jdbc;
    private final String agent = "res-" + UUID.randomUUID().toString().substring(0, 8);

    ResourceTests(Api api, TestDatabase database) {
        this.api = api;
        this.jdbc = JdbcClient.create(database.dataSource());
    }

    @BeforeEach
    void anAgentExists() {
        assertThat(api.admin().post("/api/v1/agents", Map.of("name", agent)).status())
                .isEqualTo(201);
    }

    @Test
    void aResourceIsReadAsItWasCreated() {
        Answer created = create("orders", Map.of("kind", "postgres", "labels", Map.of("team", "data")));

        Answer read = api.viewer().get(RESOURCES + "/orders");

        assertThat(created.header("Location")).isEqualTo(RESOURCES + "/" + created.at("/id"));
        assertThat(read.json()).isEqualTo(created.json());
        assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
        assertThat(read.at("/kind")).isEqualTo("postgres");
        assertThat(read.at("/agent/name")).isEqualTo(agent);
        assertThat(read.at("/agent/state")).isEqualTo("never-joined");
        assertThat(read.at("/labels/team")).isEqualTo("data");
        assertThat(audited("resource.create", created.at("/id"))).isEqualTo(1);
    }

    @Test
    void everyWrongPartOfAResourceIsPointedAt() {
        Answer answer = api.admin()
                .post(
                        RESOURCES,
                        Map.of(
                                "name",
                                "-x",
                                "kind",
                                "ftp",
                                "host",
                                "http://a/b",
                                "port",
                                70_000,
                                "labels",
                                Map.of("", "v")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-input");
        assertThat(answer.json()
                        .at("/errors")
                        .valueStream()
                        .map(error -> error.get("pointer").asString()))
                .containsExactlyInAnyOrder("/name", "/kind", "/agent", "/host", "/port", "/labels/");
    }

    @Test
    void anUnknownFieldIsRefusedByName() {
        Answer answer = api.admin().post(RESOURCES, wanted("typo", Map.of("prot", 1)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/prot");
    }

    @Test
    void anUnknownAgentIsPointedAt() {
        Answer answer = api.admin().post(RESOURCES, wanted("orphan", Map.of("agent", "nobody")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/agent");
        assertThat(answer.at("/detail")).contains("nobody");
    }

    @Test
    void aNameIsTakenInItsWorkspace() {
        create("twice", Map.of());

        Answer answer = api.admin().post(RESOURCES, wanted("twice", Map.of()));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("resource-name-taken");
    }

    @Test
    void aChangeNamesTheRevisionItWasMadeFrom() {
        Answer created = create("moving", Map.of());
        String path = RESOURCES + "/" + created.at("/id");
        Map<String, Object> change = wanted("moving", Map.of("port", 2222));

        Answer unnamed = api.admin().put(path, change);
        assertThat(unnamed.status()).isEqualTo(428);
        assertThat(unnamed.at("/detail")).contains(created.header("ETag"));

        Answer first = ifMatch(created).put(path, change);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.at("/port")).isEqualTo("2222");
        assertThat(first.header("ETag")).isNotEqualTo(created.header("ETag"));

        Answer outdated = ifMatch(created).put(path, wanted("moving", Map.of("port", 3333)));
        assertThat(outdated.status()).isEqualTo(412);
        assertThat(outdated.code()).isEqualTo("revision-outdated");
        assertThat(api.viewer().get(path).at("/port")).isEqualTo("2222");
        assertThat(audited("resource.update", created.at("/id"))).isEqualTo(1);
    }

    @Test
    void aResourceIsDeletedByItsRevision() {
        Answer created = create("doomed", Map.of());
        String path = RESOURCES + "/doomed";

        assertThat(api.admin().delete(path).status()).isEqualTo(428);
        assertThat(api.admin().with("If-Match", "\"77\"").delete(path).status()).isEqualTo(412);
        assertThat(ifMatch(created).delete(path).status()).isEqualTo(204);

        Answer gone = api.viewer().get(path);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.code()).isEqualTo("resource-not-found");
        assertThat(audited("resource.delete", created.at("/id"))).isEqualTo(1);
    }

    @Test
    void resourcesAreFoundByKindLabelAndText() {
        create("find-pg", Map.of("kind", "postgres", "labels", Map.of("find", "yes", "env", "prod")));
        create("find-ssh", Map.of("kind", "ssh", "labels", Map.of("find", "yes", "env", "test")));
        create("other", Map.of("host", "find-host.internal"));

        assertThat(names("?label=find=yes")).containsExactly("find-pg", "find-ssh");
        assertThat(names("?label=find=yes&label=env=prod")).containsExactly("find-pg");
        assertThat(names("?label=find=yes&kind=ssh")).containsExactly("find-ssh");
        assertThat(names("?q=FIND-")).containsExactly("find-pg", "find-ssh", "other");
        assertThat(names("?q=%25")).isEmpty();
        assertThat(api.viewer().get(RESOURCES + "?kind=ftp").code()).isEqualTo("invalid-input");
        assertThat(api.viewer().get(RESOURCES + "?label=nonsense").at("/errors/0/pointer"))
                .isEqualTo("/label");
    }

    @Test
    void resourcesAreListedInPages() {
        List.of("pages-2", "pages-1", "pages-3").forEach(name -> create(name, Map.of()));

        Answer first = api.viewer().get(RESOURCES + "?q=pages-&limit=2");
        assertThat(names(first)).containsExactly("pages-1", "pages-2");
        assertThat(first.header("Link")).contains("q=pages-").contains("rel=\"next\"");

        Answer second = api.viewer().get(RESOURCES + "?q=pages-&limit=2&cursor=" + first.at("/next"));
        assertThat(names(second)).containsExactly("pages-3");
        assertThat(second.json().path("next").isMissingNode()
                        || second.json().path("next").isNull())
                .isTrue();
    }

    @Test
    void operatorsReadResourcesAndChangeNone() {
        Answer created = create("readable", Map.of());

        assertThat(api.operator().get(RESOURCES + "/readable").status()).isEqualTo(200);
        assertThat(api.operator().post(RESOURCES, wanted("mine", Map.of())).status())
                .isEqualTo(403);
        assertThat(api.operator()
                        .with("If-Match", created.header("ETag"))
                        .delete(RESOURCES + "/readable")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void anotherWorkspacesResourceDoesNotExist() {
        UUID foreign = foreignResource();

        assertThat(api.owner().get(RESOURCES + "/" + foreign).status()).isEqualTo(404);
        assertThat(api.owner().get(RESOURCES + "/foreign").status()).isEqualTo(404);
        assertThat(api.owner()
                        .with("If-Match", "*")
                        .delete(RESOURCES + "/" + foreign)
                        .status())
                .isEqualTo(404);
        assertThat(names("?q=foreign")).isEmpty();
    }

    private UUID foreignResource() {
        UUID workspace = jdbc.sql("insert into workspaces (name) values (?) returning id")
                .param("elsewhere-" + agent)
                .query(UUID.class)
                .single();
        UUID foreignAgent = jdbc.sql("""
                        insert into agents (id, workspace_id, name, created_at) values (uuidv7(), ?, 'a', now()) returning id
                        """).param(workspace).query(UUID.class).single();
        return jdbc.sql("""
                        insert into resources (id, workspace_id, agent_id, name, kind, host, port, created_at, updated_at)
                        values (uuidv7(), ?, ?, 'foreign', 'tcp', 'h', 1, now(), now()) returning id
                        """).params(workspace, foreignAgent).query(UUID.class).single();
    }

    private Answer create(String name, Map<String, Object> parts) {
        Answer created = api.admin().post(RESOURCES, wanted(name, parts));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created;
    }

    private Map<String, Object> wanted(String name, Map<String, Object> parts) {
        Map<String, Object> wanted =
                new HashMap<>(Map.of("name", name, "kind", "tcp", "agent", agent, "host", "db.internal", "port", 5432));
        wanted.putAll(parts);
        return wanted;
    }

    private io.bascule.api.ApiClient ifMatch(Answer answer) {
        return api.admin().with("If-Match", answer.header("ETag"));
    }

    private List<String> names(String query) {
        return names(api.viewer().get(RESOURCES + query));
    }

    private static List<String> names(Answer page) {
        assertThat(page.status()).as(page.toString()).isEqualTo(200);
        return page.json()
                .at("/items")
                .valueStream()
                .map(item -> item.get("name").asString())
                .toList();
    }

    private long audited(String action, String target) {
        return jdbc.sql("select count(*) from audit_events where action = ? and target_id = ?")
                .params(action, target)
                .query(Long.class)
                .single();
    }
}
