package io.bascule.api.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.OwnApi;
import io.bascule.api.bridges.FakeBridge;
import io.bascule.testsupport.TestDatabase;
import io.bascule.testsupport.TestRedis;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StoreOutageTests {

    private final TestDatabase database = TestDatabase.create();

    @Test
    void withoutRedisNothingIsOpenedAndEverythingComesBackWithIt() {
        TestRedis redis = TestRedis.startOwn();
        try (OwnApi own = OwnApi.start(database, redis)) {
            Api api = own.api();
            Location location = Location.create(api, own.clock());
            FakeBridge bridge = FakeBridge.up(api, own.clock(), location.agent());
            String tunnel = location.opened();
            bridge.expect(bridge.attached(tunnel, 1));

            api.viewer();
            redis.stop();

            assertComeBack(location.open(api.operator()));
            assertComeBack(bridge.unchanged());
            assertComeBack(api.viewer().get("/api/v1/tunnels"));
            assertThat(api.viewer().get("/api/v1/agents/" + location.agent()).at("/state"))
                    .isEqualTo("unknown");
            assertThat(api.operator().delete("/api/v1/tunnels/" + tunnel).status())
                    .isEqualTo(202);

            redis.start();

            assertThat(firstOkay(bridge::unchanged).at("/resync")).isEqualTo("true");
            Answer answer = firstOkay(() -> bridge.full(List.of(FakeBridge.open(tunnel, 1, 7, 8)), location.agent()));
            assertThat(answer.at("/close/0/tunnel"))
                    .as("asked for while Redis was away")
                    .isEqualTo(tunnel);
            assertThat(api.viewer().get("/api/v1/tunnels").at("/items/0/bytesFromClient"))
                    .isEqualTo("7");
            assertThat(location.open(api.operator()).status()).isEqualTo(201);
        } finally {
            redis.stop();
        }
    }

    @Test
    void withoutPostgresPresenceGoesOnAndWhatHasToBeRecordedWaits() {
        try (OwnApi own = OwnApi.start(database, TestRedis.shared())) {
            Api api = own.api();
            Location location = Location.create(api, own.clock());
            FakeBridge bridge = FakeBridge.up(api, own.clock(), location.agent());
            String tunnel = location.opened();

            api.viewer();
            database.goAway();

            assertThat(bridge.expect(bridge.connects(location.agent())).at("/bridges/0/id"))
                    .isNotEmpty();
            assertComeBack(bridge.attached(tunnel, 1));
            assertComeBack(location.open(api.operator()));

            database.comeBack();

            bridge.expect(firstOkay(() -> bridge.attached(tunnel, 1)));
            assertThat(api.viewer().get("/api/v1/tunnels").at("/items/0/state")).isEqualTo("open");
            bridge.expect(bridge.full(location.agent()));
            assertThat(location.open(api.operator()).status()).isEqualTo(201);
        }
    }

    /** Clients of a store ask again at intervals of their own; each attempt waits for a connection. */
    private static Answer firstOkay(Supplier<Answer> attempt) {
        return Stream.generate(attempt)
                .limit(20)
                .filter(answer -> answer.status() == 200)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no answer in 20 attempts"));
    }

    private static void assertComeBack(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("store-unavailable");
        assertThat(answer.header("Retry-After")).isNotBlank();
    }
}
