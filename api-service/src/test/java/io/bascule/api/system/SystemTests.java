package io.bascule.api.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.api.OwnApi;
import io.bascule.testsupport.TestDatabase;
import io.bascule.testsupport.TestRedis;
import java.io.IOException;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.env.MockEnvironment;

@ApiTest
class SystemTests {

    private final Api api;
    private final SystemProperties properties;

    SystemTests(Api api, SystemProperties properties) {
        this.api = api;
        this.properties = properties;
    }

    @Test
    void whoeverIsSignedInLearnsTheVersionAndHowTheStoresAre() {
        Answer answer = api.viewer().get("/api/v1/system/info");

        assertThat(answer.at("/version")).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(answer.json().path("stores").propertyNames()).contains("postgresql", "redis");
        assertThat(api.anonymous().get("/api/v1/system/info").code()).isEqualTo("sign-in-required");
    }

    @Test
    void theServiceAsksForTheNewestMigration() throws IOException {
        Resource[] migrations =
                new PathMatchingResourcePatternResolver().getResources("classpath*:db/migration/V*.sql");
        int newest = Stream.of(migrations)
                .map(file -> String.valueOf(file.getFilename()))
                .map(name -> Integer.valueOf(name.substring(1, name.indexOf("__"))))
                .max(Comparator.naturalOrder())
                .orElseThrow();

        assertThat(properties.schema())
                .as("bascule.system.schema in api-service's application.yaml")
                .isEqualTo(newest);
    }

    @Test
    void anOldSchemaStopsTheStartAndNamesTheRemedy() {
        TestDatabase old = TestDatabase.create();
        JdbcClient.create(old.dataSource())
                .sql("delete from flyway_schema_history where version::int > 3")
                .update();

        assertThatThrownBy(() -> OwnApi.start(old, TestRedis.shared()))
                .hasStackTraceContaining("its schema at version 3, and this service needs version");
    }

    @Test
    void anEmptyDatabaseStopsTheStartAndNamesTheRemedy() {
        TestDatabase empty = TestDatabase.create();
        JdbcClient.create(empty.dataSource())
                .sql("drop table flyway_schema_history")
                .update();

        assertThatThrownBy(() -> OwnApi.start(empty, TestRedis.shared())).hasStackTraceContaining("has no schema");
    }

    @Test
    void aDatabaseThatLetsNobodyInIsNamedWithTheRemedy() {
        TestDatabase away = TestDatabase.create();
        away.goAway();
        Throwable failure = catchThrowable(() -> OwnApi.start(away, TestRedis.shared()));
        var environment = new MockEnvironment()
                .withProperty("spring.datasource.url", "jdbc:postgresql://db:5432/bascule?password=hush");

        FailureAnalysis analysis = Objects.requireNonNull(new DatabaseAwayAnalyzer(environment).analyze(failure));

        assertThat(analysis.getDescription())
                .contains("jdbc:postgresql://db:5432/bascule", "not currently accepting connections")
                .doesNotContain("hush");
        assertThat(analysis.getAction()).contains("BASCULE_DATABASE_URL");
    }
}
