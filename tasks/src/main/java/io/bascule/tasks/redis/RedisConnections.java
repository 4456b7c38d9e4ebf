package io.bascule.tasks.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;

/**
 * Connections to one server or to a cluster. They are made anew by themselves; as long as there is none, commands are refused at
 * once, and of those without an answer there is a bound. Safe for use by many threads; connecting blocks.
 */
public interface RedisConnections extends AutoCloseable {

    /** How many commands of a connection may wait for their answers. */
    int WAITING_COMMANDS = 10_000;

    /** @param resources are shut down when this is closed */
    static RedisConnections to(RedisAddress address, ClientResources resources) {
        return switch (address) {
            case RedisAddress.Server server -> new ServerConnections(server.uri(), resources);
            case RedisAddress.Cluster cluster -> new ClusterConnections(cluster.nodes(), resources);
        };
    }

    /**
     * Connects for commands, each of which goes to the server that holds its keys.
     *
     * @throws RedisException if no server answers
     */
    ForCommands connectForCommands();

    /**
     * Connects for listening, at the server that holds a key: a script that has this key sees who listens there. What is
     * published anywhere is heard everywhere.
     *
     * @throws RedisException if that server does not answer, or nobody knows which it is
     */
    ForListening connectForListening(String key);

    /** Whether the server of this connection still holds the key, as far as is known; never blocks. */
    boolean isWhere(String key, ForListening connection);

    /** Ends all connections. */
    @Override
    void close();

    /** A connection for commands. */
    record ForCommands(
            StatefulConnection<String, String> connection, RedisClusterAsyncCommands<String, String> commands) {}

    /**
     * A connection for listening.
     *
     * @param server the id of its server in the cluster; empty where there is none
     */
    record ForListening(StatefulRedisPubSubConnection<String, String> connection, String server) {}
}
