package io.bascule.api.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.api.MovableClock;
import io.bascule.api.bridges.FakeBridge;
import io.bascule.testsupport.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ApiTest
class TunnelEventsTests {

    private static final JsonMapper JSON = new JsonMapper();

    private final Api api;
    private final MovableClock clock;
    private final StringRedisTemplate redis;
    private final JdbcClient jdbc;

    TunnelEventsTests(Api api, MovableClock clock, StringRedisTemplate redis, TestDatabase database) {
        this.api = api;
        this.clock = clock;
        this.redis = redis;
        this.jdbc = JdbcClient.create(database.dataSource());
    }

    @BeforeEach
    void forgetOtherBridges() {
        redis.delete(List.of("bridges", "bridges:load"));
    }

    @Test
    void aTunnelIsToldOfOnceWhenItOpensMovesAndEnds() {
        Location location = Location.create(api, clock);
        FakeBridge first = FakeBridge.up(api, clock, location.agent());
        String tunnel = location.opened();
        FakeBridge second = FakeBridge.up(api, clock, location.agent());

        first.expect(first.attached(tunnel, 2));
        first.expect(first.attached(tunnel, 3));
        assertThat(types(tunnel)).as("its ends met here first").containsExactly("io.bascule.tunnel.opened");
        second.expect(second.attached(tunnel, 4));
        second.expect(second.attached(tunnel, 4));
        second.expect(second.closed(tunnel, 4, 11, 22));
        second.expect(second.closed(tunnel, 4, 11, 22));
        first.expect(first.closed(tunnel, 1, 1, 2));

        assertThat(types(tunnel))
                .containsExactly("io.bascule.tunnel.opened", "io.bascule.tunnel.moved", "io.bascule.tunnel.closed");
        JsonNode opened = told(tunnel).getFirst();
        assertThat(opened.at("/resource/name").asString()).isEqualTo(location.resourceName());
        assertThat(opened.at("/resource/kind").asString()).isEqualTo("postgres");
        assertThat(opened.at("/agent/name").asString()).isEqualTo(location.agentName());
        assertThat(opened.at("/user/name").asString()).isEqualTo("operator");
        assertThat(opened.at("/bridge").asString()).isEqualTo(first.id());
        assertThat(opened.has("task")).isFalse();
        assertThat(opened.has("bytesFromClient")).isFalse();
        assertThat(told(tunnel).get(1).at("/bridge").asString()).isEqualTo(second.id());
        assertThat(told(tunnel).get(1).at("/epoch").asLong()).isEqualTo(4);
        JsonNode closed = told(tunnel).getLast();
        assertThat(closed.at("/bytesFromClient").asLong()).isEqualTo(11);
        assertThat(closed.at("/bytesFromAgent").asLong()).isEqualTo(22);
        assertThat(closed.at("/code").asInt(-1)).isZero();
    }

    @Test
    void whatAnEndSaysForAFarewellIsKeptLegible() {
        Location location = Location.create(api, clock);
        FakeBridge bridge = FakeBridge.up(api, clock, location.agent());
        String tunnel = location.opened();

        bridge.expect(bridge.reset(tunnel, 3, 3, "no\u0000body\nlistens " + "\ud83d\ude80".repeat(300)));

        JsonNode closed = told(tunnel).getLast();
        assertThat(closed.at("/code").asInt()).isEqualTo(3);
        assertThat(closed.at("/text").asString()).isEqualTo("no body listens " + "\ud83d\ude80".repeat(184));
    }

    @Test
    void thatThereWasATunnelIsKnownHoweverShortItsLife() {
        Location location = Location.create(api, clock);
        FakeBridge bridge = FakeBridge.up(api, clock, location.agent());
        UUID elsewhere = jdbc.sql("insert into workspaces (name) values (?) returning id")
                .param("w-" + UUID.randomUUID().toString().substring(0, 8))
                .query(UUID.class)
                .single();
        jdbc.sql("update tunnels set workspace_id = ?").param(elsewhere).update();
        Answer before = api.viewer().get("/api/v1/summary");

        String tunnel = location.opened();
        bridge.expect(bridge.closed(tunnel, 1, 0, 0));

        assertThat(before.at("/hadTunnel")).isEqualTo("false");
        assertThat(api.viewer().get("/api/v1/summary").at("/hadTunnel")).isEqualTo("true");
    }

    private List<String> types(String tunnel) {
        return jdbc.sql("select type from outbox_events where subject = ? order by xid, seq")
                .param(tunnel)
                .query((row, _) -> row.getString("type"))
                .list();
    }

    private List<JsonNode> told(String tunnel) {
        return jdbc.sql("select data from outbox_events where subject = ? order by xid, seq")
                .param(tunnel)
                .query((row, _) -> JSON.readTree(row.getString("data")))
                .list();
    }
}
