package io.bascule.tasks.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** To a cluster, whose nodes each hold some of the keys, now these and now those. */
final class ClusterConnections implements RedisConnections {

    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** Beside this, it is looked who holds what whenever a node refers to another one or cannot be reached. */
    private static final Duration LOOK = Duration.ofSeconds(15);

    /** Between two looks. The first one after a node was lost comes before another one has taken its place. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ClientResources resources;
    private final RedisURI known;
    private final RedisClusterClient cluster;
    private final RedisClient single;

    ClusterConnections(List<RedisURI> nodes, ClientResources resources) {
        this.resources = resources;
        known = nodes.getFirst();
        var sockets = SocketOptions.builder().connectTimeout(CONNECT).build();
        cluster = RedisClusterClient.create(resources, nodes);
        cluster.setOptions(ClusterClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(WAITING_COMMANDS)
                .socketOptions(sockets)
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(LOOK)
                        .adaptiveRefreshTriggersTimeout(PAUSE)
                        .build())
                .build());
        single = RedisClient.create(resources);
        single.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(WAITING_COMMANDS)
                .socketOptions(sockets)
                .build());
    }

    @Override
    public ForCommands connectForCommands() {
        var connection = cluster.connect();
        return new ForCommands(connection, connection.async());
    }

    @Override
    public ForListening connectForListening(String key) {
        RedisClusterNode holder = holder(key);
        if (holder == null) {
            throw new RedisException("no node of the cluster holds " + key);
        }
        // What a node says of itself has neither password nor encryption.
        RedisURI address = RedisURI.builder(known)
                .withHost(holder.getUri().getHost())
                .withPort(holder.getUri().getPort())
                .build();
        return new ForListening(single.connectPubSub(address), holder.getNodeId());
    }

    @Override
    public boolean isWhere(String key, ForListening connection) {
        if (!connection.connection().isOpen()) {
            // Another one may hold the key by now; it is known when this is asked next.
            var _ = cluster.refreshPartitionsAsync();
        }
        RedisClusterNode holder = holder(key);
        return holder == null || holder.getNodeId().equals(connection.server());
    }

    @Override
    public void close() {
        cluster.suspendTopologyRefresh();
        single.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        cluster.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        var _ = resources.shutdown(0, 2, TimeUnit.SECONDS);
    }

    private @Nullable RedisClusterNode holder(String key) {
        return cluster.getPartitions().getMasterBySlot(SlotHash.getSlot(key));
    }
}
