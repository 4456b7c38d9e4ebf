package io.bascule.api;

import io.bascule.testsupport.TestDatabase;
import io.bascule.testsupport.TestRedis;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** One more API process, for tests that stop it or a store of it. Several on the same stores are its replicas. */
public final class OwnApi implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private OwnApi(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Answers when this returns. */
    public static OwnApi start(TestDatabase database, TestRedis redis, String... arguments) {
        return new OwnApi(new SpringApplicationBuilder(ApiService.class, ApiTestConfiguration.class)
                .initializers(new EmbeddedStores(database, redis))
                .properties("spring.lifecycle.timeout-per-shutdown-phase=5s")
                .run(Stream.concat(Stream.of(arguments), Stream.of("--server.port=0"))
                        .toArray(String[]::new)));
    }

    public Api api() {
        return context.getBean(Api.class);
    }

    public MovableClock clock() {
        return context.getBean(MovableClock.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
