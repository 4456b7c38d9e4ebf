package io.bascule.api.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.testsupport.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The authorities over REST. One test, since there is one platform and a rotation lasts for months. */
@ApiTest
class AuthorityTests {

    private final Api api;
    private final JdbcClient jdbc;

    AuthorityTests(Api api, TestDatabase database) {
        this.api = api;
        this.jdbc = JdbcClient.create(database.dataSource());
    }

    @Test
    void anOwnerBeginsARotationAndEverybodyWhoLooksSeesHowFarItIs() {
        assertThat(api.operator().get("/api/v1/authorities").status()).isEqualTo(403);
        assertThat(api.admin().post("/api/v1/authorities:rotate", Map.of()).status())
                .isEqualTo(403);
        Answer before = api.admin().get("/api/v1/authorities");
        assertThat(before.at("/items/0/state")).isEqualTo("signing");
        assertThat(before.at("/items/0/fingerprint")).matches("[0-9a-f]{64}");

        Answer begun = api.owner().post("/api/v1/authorities:rotate", Map.of());

        assertThat(begun.status()).as(begun.toString()).isEqualTo(200);
        assertThat(begun.at("/items/0/id")).isEqualTo(before.at("/items/0/id"));
        assertThat(begun.at("/items/0/trustedUntil")).isNotEmpty();
        assertThat(begun.at("/items/1/state")).isEqualTo("next");
        assertThat(api.admin().get("/api/v1/authorities").at("/items/1/id")).isEqualTo(begun.at("/items/1/id"));
        Answer again = api.owner().post("/api/v1/authorities:rotate", Map.of());
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.at("/code")).isEqualTo("authority-rotation-running");
        assertThat(jdbc.sql("select count(*) from audit_events where action = 'authority.rotate'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }
}
