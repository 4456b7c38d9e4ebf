package io.bascule.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TestStoresTests {

    @Test
    void everyDatabaseHasTheSchemaAndNobodyElsesRows() throws Exception {
        try (var first = TestDatabase.create().dataSource().getConnection();
                var second = TestDatabase.create().dataSource().getConnection()) {
            first.createStatement().execute("insert into workspaces (name) values ('mine')");

            var rows = second.createStatement().executeQuery("select name from workspaces");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("name")).isEqualTo("default");
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void redisAnswers() throws Exception {
        try (var socket = new Socket("127.0.0.1", TestRedis.shared().port())) {
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(7), StandardCharsets.US_ASCII))
                    .isEqualTo("+PONG\r\n");
        }
    }

    @Test
    @Timeout(120)
    void everyKeyOfAClusterHasANodeAlsoWhenItsSlotMovesOrItsNodeIsLost() {
        try (TestRedisCluster cluster = TestRedisCluster.startOwn()) {
            int first = cluster.holder("key");
            String _ = cluster.ask(first, "SET key value");
            int second = cluster.ports().stream()
                    .filter(port -> port != first)
                    .findAny()
                    .orElseThrow();

            cluster.move("key", second);
            assertThat(cluster.ask(second, "GET key")).isEqualTo("value");

            int replica = cluster.addReplica(second);
            cluster.stop(second);
            Await.until(() -> cluster.holder("key") == replica);
            assertThat(cluster.ask(replica, "GET key")).isEqualTo("value");
        }
    }
}
