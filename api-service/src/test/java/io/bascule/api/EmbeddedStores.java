package io.bascule.api;

import io.bascule.testsupport.TestDatabase;
import io.bascule.testsupport.TestRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Points the service at a fresh database and at the Redis that all tests share, names the first owner, and lets other
 * services in.
 */
final class EmbeddedStores implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String MASTER_KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private final TestDatabase database;
    private final TestRedis redis;

    EmbeddedStores() {
        this(TestDatabase.create(), TestRedis.shared());
    }

    EmbeddedStores(TestDatabase database, TestRedis redis) {
        this.database = database;
        this.redis = redis;
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("bascule-objects");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "spring.datasource.url", database.url(),
                "spring.datasource.username", database.username(),
                "spring.datasource.password", database.password(),
                "spring.data.redis.port", redis.port(),
                "bascule.bootstrap.username", Api.OWNER,
                "bascule.bootstrap.password", Api.PASSWORD,
                "bascule.secrets.master-key", MASTER_KEY,
                "bascule.identity.trusted-keys-directory", ServiceClients.trustedKeys()));
        properties.put("bascule.storage.kind", "directory");
        properties.put("bascule.storage.directory", folder());
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("embedded stores", properties));
        context.getBeanFactory().registerSingleton("testDatabase", database);
    }
}
