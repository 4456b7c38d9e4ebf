package io.bascule.tasks.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** To one server, which holds all keys. */
final class ServerConnections implements RedisConnections {

    private final ClientResources resources;
    private final RedisClient client;

    ServerConnections(RedisURI server, ClientResources resources) {
        this.resources = resources;
        client = RedisClient.create(resources, server);
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(WAITING_COMMANDS)
                .build());
    }

    @Override
    public ForCommands connectForCommands() {
        var connection = client.connect();
        return new ForCommands(connection, connection.async());
    }

    @Override
    public ForListening connectForListening(String key) {
        return new ForListening(client.connectPubSub(), "");
    }

    @Override
    public boolean isWhere(String key, ForListening connection) {
        return true;
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        var _ = resources.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
