package io.bascule.api.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.api.MovableClock;
import io.bascule.api.ServiceClients;
import io.bascule.api.bridges.FakeBridge;
import io.bascule.api.certificates.SigningRequests;
import io.bascule.testsupport.TestDatabase;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class InternalTunnelTests {

    private final Api api;
    private final MovableClock clock;
    private final JdbcClient jdbc;

    InternalTunnelTests(Api api, MovableClock clock, TestDatabase database) {
        this.api = api;
        this.clock = clock;
        this.jdbc = JdbcClient.create(database.dataSource());
    }

    @Test
    void aWorkerOpensATunnelWithTheSubmittersRights() {
        Location location = Location.create(api, clock);
        FakeBridge.up(api, clock, location.agent());
        UUID task = UUID.randomUUID();

        Answer opened = open("instant-worker", location, user("operator"), task);

        assertThat(opened.status()).as(opened.toString()).isEqualTo(201);
        assertThat(opened.at("/bridges/0/ticket")).isNotEmpty();
        assertThat(jdbc.sql(
                                "select actor_name || ' ' || (details ->> 'task') from audit_events where action = 'tunnel.open' and target_id = ?")
                        .param(opened.at("/id"))
                        .query(String.class)
                        .list())
                .containsExactly("operator " + task);
    }

    @Test
    void aSubmitterWhoMayNotOpenTunnelsGetsNoneThroughAWorker() {
        Location location = Location.create(api, clock);
        FakeBridge.up(api, clock, location.agent());

        assertThat(open("queued-worker", location, user("viewer"), UUID.randomUUID())
                        .code())
                .isEqualTo("forbidden");
        assertThat(open("queued-worker", location, UUID.randomUUID(), UUID.randomUUID())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void onlyWorkersMayAsk() {
        Location location = Location.create(api, clock);
        FakeBridge.up(api, clock, location.agent());

        assertThat(open("bridge-service", location, user("operator"), UUID.randomUUID())
                        .code())
                .isEqualTo("service-forbidden");
        assertThat(api.operator().post("/internal/tunnels", Map.of()).status()).isEqualTo(401);
        assertThat(api.anonymous().post("/internal/tunnels", Map.of()).status()).isEqualTo(401);
    }

    private Answer open(String service, Location location, UUID user, UUID task) {
        return ServiceClients.of(api, service, clock)
                .post(
                        "/internal/tunnels",
                        Map.of(
                                "workspace", workspace(),
                                "resource", location.resourceName(),
                                "onBehalfOf", Map.of("user", user, "task", task),
                                "certificateSigningRequest", SigningRequests.valid()));
    }

    private UUID workspace() {
        return jdbc.sql("select id from workspaces where name = 'default'")
                .query(UUID.class)
                .single();
    }

    private UUID user(String name) {
        api.operator();
        api.viewer();
        return jdbc.sql("select id from users where username = ?")
                .param(name)
                .query(UUID.class)
                .single();
    }
}
