package io.bascule.service.health;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/** Redis answers when it answers PING. */
record RedisProbe(RedisConnectionFactory connections) implements StoreProbe {

    @Override
    public String store() {
        return "redis";
    }

    @Override
    public void probe() {
        try (var connection = connections.getConnection()) {
            connection.ping();
        }
    }
}
