package io.bascule.tasks.signal;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;

/** Where Redis is, in Lettuce's words, from what the service is configured with. */
public final class RedisAddress {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private RedisAddress() {}

    /** A single server; hints need no cluster, since any lost one is made up for. */
    public static RedisURI of(DataRedisConnectionDetails details) {
        var server = details.getStandalone();
        if (server == null) {
            throw new IllegalStateException(
                    "task signals need spring.data.redis.host and port (a single Redis server)");
        }
        RedisURI.Builder address = RedisURI.builder()
                .withHost(server.getHost())
                .withPort(server.getPort())
                .withDatabase(server.getDatabase())
                .withSsl(details.getSslBundle() != null)
                .withTimeout(TIMEOUT);
        String password = details.getPassword();
        if (password != null) {
            String username = details.getUsername();
            if (username == null) {
                address.withPassword(password.toCharArray());
            } else {
                address.withAuthentication(username, password.toCharArray());
            }
        }
        return address.build();
    }
}
