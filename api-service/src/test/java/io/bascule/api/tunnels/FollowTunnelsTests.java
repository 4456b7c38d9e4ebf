package io.bascule.api.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.api.MovableClock;
import io.bascule.api.bridges.FakeBridge;
import io.bascule.testsupport.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ApiTest
class FollowTunnelsTests {

    private final Api api;
    private final MovableClock clock;
    private final StringRedisTemplate redis;
    private final JdbcClient jdbc;

    FollowTunnelsTests(Api api, MovableClock clock, StringRedisTemplate redis, TestDatabase database) {
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
    void anAgentThatItsBridgeNamesInTheMomentOfItsStartIsOnIt() {
        try (var _ = clock.hold()) {
            Location location = Location.create(api, clock);
            FakeBridge.up(api, clock, location.agent());

            assertThat(location.open(api.operator()).status()).isEqualTo(201);
        }
    }

    @Test
    void aTunnelIsListedFromItsOpeningToItsEnd() {
        Location location = Location.create(api, clock);
        FakeBridge bridge = FakeBridge.up(api, clock, location.agent());
        String tunnel = location.opened();
        assertThat(listed(tunnel).orElseThrow().at("/state").asString()).isEqualTo("opening");

        bridge.expect(bridge.attached(tunnel, 1));
        JsonNode open = listed(tunnel).orElseThrow();
        assertThat(open.at("/state").asString()).isEqualTo("open");
        assertThat(open.at("/bridge").asString()).isEqualTo(bridge.id());
        assertThat(open.at("/user/name").asString()).isEqualTo("operator");
        assertThat(open.at("/resource/name").asString()).isEqualTo(location.resourceName());
        assertThat(open.at("/agent/name").asString()).isEqualTo(location.agentName());

        bridge.expect(bridge.full(List.of(FakeBridge.open(tunnel, 1, 10, 20)), location.agent()));
        assertThat(listed(tunnel).orElseThrow().at("/bytesFromClient").asLong()).isEqualTo(10);
        assertThat(listed(tunnel).orElseThrow().at("/bytesFromAgent").asLong()).isEqualTo(20);

        bridge.expect(bridge.closed(tunnel, 1, 11, 22));
        assertThat(listed(tunnel)).isEmpty();
    }

    @Test
    void theEndIsOnRecordWithTheBytesItCarried() {
        Location location = Location.create(api, clock);
        FakeBridge bridge = FakeBridge.up(api, clock, location.agent());
        String tunnel = location.opened();
        bridge.expect(bridge.attached(tunnel, 1));

        bridge.expect(bridge.closed(tunnel, 1, 1234, 5678));

        assertThat(jdbc.sql("""
                        select actor_name || ' ' || (details ->> 'bytesFromClient') || ' ' || (details ->> 'bytesFromAgent')
                        from audit_events where action = 'tunnel.close' and target_id = ?
                        """).param(tunnel).query(String.class).list()).containsExactly(bridge.id() + " 1234 5678");
    }

    @Test
    void whatIsReportedTwiceIsOnRecordOnce() {
        Location location = Location.create(api, clock);
        FakeBridge bridge = FakeBridge.up(api, clock, location.agent());
        String tunnel = location.opened();

        bridge.expect(bridge.attached(tunnel, 1));
        bridge.expect(bridge.attached(tunnel, 1));
        bridge.expect(bridge.closed(tunnel, 1, 1, 1));
        bridge.expect(bridge.closed(tunnel, 1, 1, 1));

        assertThat(audited("tunnel.attach", tunnel)).isEqualTo(1);
        assertThat(audited("tunnel.close", tunnel)).isEqualTo(1);
    }

    @Test
    void aLateWordFromAnEarlierEpochChangesNothing() {
        Location location = Location.create(api, clock);
        FakeBridge old = FakeBridge.up(api, clock, location.agent());
        FakeBridge successor = FakeBridge.up(api, clock, location.agent());
        String tunnel = location.opened();
        old.expect(old.attached(tunnel, 1));
        successor.expect(successor.attached(tunnel, 2));

        old.expect(old.closed(tunnel, 1, 1, 1));
        old.expect(old.full(List.of(FakeBridge.open(tunnel, 1, 5, 5)), location.agent()));
        old.expect(old.attached(tunnel, 1));

        JsonNode live = listed(tunnel).orElseThrow();
        assertThat(live.at("/epoch").asLong()).isEqualTo(2);
        assertThat(live.at("/bridge").asString()).isEqualTo(successor.id());
        assertThat(live.at("/bytesFromClient").isMissingNode()).isTrue();
        assertThat(audited("tunnel.close", tunnel)).isZero();
        successor.expect(successor.closed(tunnel, 2, 1, 1));
        assertThat(listed(tunnel)).isEmpty();
    }

    @Test
    void afterRedisLostItsDataAFullReportBringsEverythingBack() {
        Location location = Location.create(api, clock);
        FakeBridge bridge = FakeBridge.up(api, clock, location.agent());
        String tunnel = location.opened();
        bridge.expect(bridge.attached(tunnel, 1));
        redis.delete(redis.keys("*"));
        assertThat(listed(tunnel)).isEmpty();

        Answer first = bridge.expect(bridge.unchanged());
        assertThat(first.at("/resync")).isEqualTo("true");
        Answer second = bridge.expect(bridge.full(List.of(FakeBridge.open(tunnel, 1, 3, 4)), location.agent()));

        assertThat(second.at("/resync")).isEqualTo("false");
        assertThat(listed(tunnel).orElseThrow().at("/resource/name").asString()).isEqualTo(location.resourceName());
        assertThat(listed(tunnel).orElseThrow().at("/bytesFromAgent").asLong()).isEqualTo(4);
        assertThat(audited("tunnel.attach", tunnel)).isEqualTo(1);
        assertThat(location.open(api.operator()).status()).isEqualTo(201);
    }

    @Test
    void closingATunnelReachesItsBridgeUntilItIsClosed() {
        Location location = Location.create(api, clock);
        FakeBridge bridge = FakeBridge.up(api, clock, location.agent());
        String tunnel = location.opened();
        bridge.expect(bridge.attached(tunnel, 1));

        assertThat(api.operator().delete("/api/v1/tunnels/" + tunnel).status()).isEqualTo(202);

        assertThat(closings(bridge)).containsExactly(tunnel + " closed by operator");
        assertThat(closings(bridge)).containsExactly(tunnel + " closed by operator");
        bridge.expect(bridge.closed(tunnel, 1, 0, 0));
        assertThat(closings(bridge)).isEmpty();
        assertThat(api.operator().delete("/api/v1/tunnels/" + tunnel).code()).isEqualTo("tunnel-not-found");
        assertThat(audited("tunnel.close.request", tunnel)).isEqualTo(1);
    }

    @Test
    void operatorsCloseTheirOwnTunnelsOnlyAndAdministratorsAny() {
        Location location = Location.create(api, clock);
        FakeBridge.up(api, clock, location.agent());
        String path = "/api/v1/tunnels/" + location.open(api.owner()).at("/id");

        assertThat(api.operator().delete(path).status()).isEqualTo(403);
        assertThat(api.viewer().delete(path).status()).isEqualTo(403);
        assertThat(api.admin().delete(path).status()).isEqualTo(202);
    }

    @Test
    void revokingAnAgentClosesWhatItCarries() {
        Location location = Location.create(api, clock);
        FakeBridge bridge = FakeBridge.up(api, clock, location.agent());
        String tunnel = location.opened();
        bridge.expect(bridge.attached(tunnel, 1));

        api.admin().delete("/api/v1/agents/" + location.agent());

        assertThat(closings(bridge)).containsExactly(tunnel + " the agent was revoked");
    }

    @Test
    void deletingAResourceClosesTunnelsToItEvenIfTheyAttachOnlyNow() {
        Location location = Location.create(api, clock);
        FakeBridge first = FakeBridge.up(api, clock, location.agent());
        FakeBridge standby = FakeBridge.up(api, clock, location.agent());
        String tunnel = location.opened();

        api.admin().with("If-Match", "*").delete("/api/v1/resources/" + location.resource());
        Answer report = standby.expect(standby.attached(tunnel, 1));

        assertThat(report.at("/close/0/tunnel")).isEqualTo(tunnel);
        assertThat(report.at("/close/0/reason")).isEqualTo("the resource was deleted");
        assertThat(closings(first)).isEmpty();
    }

    @Test
    void nothingOfAnotherWorkspaceIsListedOrClosed() {
        Location location = Location.create(api, clock);
        FakeBridge.up(api, clock, location.agent());
        String tunnel = location.opened();
        UUID elsewhere = jdbc.sql("insert into workspaces (name) values (?) returning id")
                .param("w-" + UUID.randomUUID().toString().substring(0, 8))
                .query(UUID.class)
                .single();
        jdbc.sql("update tunnels set workspace_id = ? where id = ?::uuid")
                .params(elsewhere, tunnel)
                .update();

        assertThat(api.owner().delete("/api/v1/tunnels/" + tunnel).code()).isEqualTo("tunnel-not-found");
    }

    @Test
    void tunnelsAreListedNewestFirstInPages() {
        Location location = Location.create(api, clock);
        FakeBridge.up(api, clock, location.agent());
        String first = location.opened();
        clock.advance(Duration.ofMillis(2));
        String second = location.opened();
        clock.advance(Duration.ofMillis(2));
        String third = location.opened();

        Answer page = api.viewer().get("/api/v1/tunnels?limit=2");
        Answer rest = api.viewer().get("/api/v1/tunnels?limit=1&cursor=" + page.at("/next"));

        assertThat(page.at("/items/0/id")).isEqualTo(third);
        assertThat(page.at("/items/1/id")).isEqualTo(second);
        assertThat(rest.at("/items/0/id")).isEqualTo(first);
    }

    @Test
    void whatABridgeLostWithoutAWordIsOnRecordAsFailedOnceItsEndsHaveGivenItUp() {
        Location location = Location.create(api, clock);
        FakeBridge bridge = FakeBridge.up(api, clock, location.agent());
        String tunnel = location.opened();
        bridge.expect(bridge.attached(tunnel, 1));
        bridge.restart();
        clock.advance(Duration.ofMinutes(3));

        bridge.expect(bridge.full(location.agent()));
        assertThat(audited("tunnel.close", tunnel)).as("may come back").isZero();
        clock.advance(Duration.ofMinutes(7));
        bridge.expect(bridge.full(location.agent()));

        assertThat(endings(tunnel))
                .containsExactly("failed: its bridge went away and it was on no other within its hold");
    }

    @Test
    void aTunnelOfAVanishedBridgeIsClosedOnRecordWhenNoOtherTookItOver() {
        Location location = Location.create(api, clock);
        FakeBridge vanishing = FakeBridge.up(api, clock, location.agent());
        String tunnel = location.opened();
        vanishing.expect(vanishing.attached(tunnel, 1));
        FakeBridge other = FakeBridge.up(api, clock, location.agent());
        clock.advance(Duration.ofMinutes(3));
        redis.opsForZSet().remove("bridges", vanishing.id());

        other.expect(other.full(location.agent()));
        assertThat(endings(tunnel)).isEmpty();
        clock.advance(Duration.ofMinutes(7));
        other.expect(other.full(location.agent()));

        assertThat(endings(tunnel)).hasSize(1);
        assertThat(listed(tunnel)).isEmpty();
    }

    @Test
    void aTunnelThatIsThereAgainIsNotLost() {
        Location location = Location.create(api, clock);
        FakeBridge bridge = FakeBridge.up(api, clock, location.agent());
        String tunnel = location.opened();
        bridge.expect(bridge.attached(tunnel, 1));
        clock.advance(Duration.ofMinutes(3));
        bridge.expect(bridge.full(location.agent()));

        bridge.expect(bridge.full(List.of(FakeBridge.open(tunnel, 1, 0, 0)), location.agent()));
        clock.advance(Duration.ofMinutes(7));
        bridge.expect(bridge.full(List.of(FakeBridge.open(tunnel, 1, 0, 0)), location.agent()));

        assertThat(endings(tunnel)).isEmpty();
    }

    @Test
    void aTunnelThatLeftItsBridgeIsDetachedUntilAnotherHasIt() {
        Location location = Location.create(api, clock);
        FakeBridge old = FakeBridge.up(api, clock, location.agent());
        FakeBridge successor = FakeBridge.up(api, clock, location.agent());
        String tunnel = location.opened();
        old.expect(old.attached(tunnel, 1));

        old.expect(old.left(tunnel, 1, 100, 200));
        old.expect(old.left(tunnel, 1, 100, 200));
        assertThat(listed(tunnel).orElseThrow().at("/state").asString()).isEqualTo("detached");
        successor.expect(successor.attached(tunnel, 2));
        assertThat(listed(tunnel).orElseThrow().at("/state").asString()).isEqualTo("open");
        successor.expect(successor.closed(tunnel, 2, 1, 2));

        assertThat(jdbc.sql("select bytes_from_client || ' ' || bytes_from_agent from tunnels where id = ?::uuid")
                        .param(tunnel)
                        .query(String.class)
                        .single())
                .isEqualTo("101 202");
        assertThat(endings(tunnel)).containsExactly("allowed: done");
    }

    @Test
    void aLateWordThatATunnelLeftChangesNothingButItsBytes() {
        Location location = Location.create(api, clock);
        FakeBridge old = FakeBridge.up(api, clock, location.agent());
        FakeBridge successor = FakeBridge.up(api, clock, location.agent());
        String tunnel = location.opened();
        old.expect(old.attached(tunnel, 1));
        successor.expect(successor.attached(tunnel, 2));

        old.expect(old.left(tunnel, 1, 5, 5));

        JsonNode live = listed(tunnel).orElseThrow();
        assertThat(live.at("/state").asString()).isEqualTo("open");
        assertThat(live.at("/bridge").asString()).isEqualTo(successor.id());
    }

    @Test
    void theTokenThatATunnelWasOpenedWithEndsItEverywhereWhenItIsRevoked() {
        Location location = Location.create(api, clock);
        FakeBridge bridge = FakeBridge.up(api, clock, location.agent());
        FakeBridge standby = FakeBridge.up(api, clock, location.agent());
        Answer token = api.operator().post("/api/v1/tokens", Map.of("name", "t-" + UUID.randomUUID()));
        String tunnel = location.open(api.bearer(token.at("/token"))).at("/id");
        String other = location.opened();
        bridge.expect(bridge.attached(tunnel, 1));

        assertThat(api.operator().delete("/api/v1/tokens/" + token.at("/id")).status())
                .isEqualTo(204);

        Answer told = standby.expect(standby.unchanged());
        List<String> revoked = told.json()
                .at("/revocations")
                .valueStream()
                .map(revocation -> revocation.at("/subject").asString() + " "
                        + revocation.at("/reason").asString())
                .toList();
        assertThat(revoked).contains(tunnel + " the token it was opened with was revoked");
        assertThat(revoked).noneMatch(text -> text.startsWith(other));
        assertThat(closings(bridge)).containsExactly(tunnel + " the token it was opened with was revoked");
    }

    private List<@Nullable String> endings(String tunnel) {
        return jdbc.sql("""
                        select outcome || ': ' || (details ->> 'text') from audit_events
                        where action = 'tunnel.close' and target_id = ?
                        """).param(tunnel).query(String.class).list();
    }

    private List<String> closings(FakeBridge bridge) {
        return bridge.expect(bridge.unchanged())
                .json()
                .at("/close")
                .valueStream()
                .map(closing -> closing.get("tunnel").asString() + " "
                        + closing.get("reason").asString())
                .toList();
    }

    private Optional<JsonNode> listed(String tunnel) {
        return api.viewer()
                .get("/api/v1/tunnels?limit=200")
                .json()
                .at("/items")
                .valueStream()
                .filter(item -> item.get("id").asString().equals(tunnel))
                .findFirst();
    }

    private long audited(String action, String target) {
        return jdbc.sql("select count(*) from audit_events where action = ? and target_id = ?")
                .params(action, target)
                .query(Long.class)
                .single();
    }
}
