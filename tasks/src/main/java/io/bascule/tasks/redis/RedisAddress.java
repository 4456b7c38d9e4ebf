package io.bascule.tasks.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.StaticCredentialsProvider;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;

/** Where Redis is, in Lettuce's words. */
public sealed interface RedisAddress {

    /** One server. */
    record Server(RedisURI uri) implements RedisAddress {}

    /**
     * A cluster.
     *
     * @param nodes at least one of them must answer; they tell of the others, with which they share password and encryption
     */
    record Cluster(List<RedisURI> nodes) implements RedisAddress {

        public Cluster {
            nodes = List.copyOf(nodes);
            if (nodes.isEmpty()) {
                throw new IllegalArgumentException("nodes: none (expected: at least one)");
            }
        }
    }

    /** What the service is configured with: {@code spring.data.redis.cluster.nodes}, or else {@code host} and {@code port}. */
    static RedisAddress of(DataRedisConnectionDetails details) {
        var cluster = details.getCluster();
        if (cluster != null) {
            return new Cluster(cluster.getNodes().stream()
                    .map(node -> uri(details, node.host(), node.port()).build())
                    .toList());
        }
        var server = details.getStandalone();
        if (server == null || details.getSentinel() != null || details.getMasterReplica() != null) {
            throw new IllegalStateException(
                    "tasks need spring.data.redis.host and port, or spring.data.redis.cluster.nodes;"
                            + " sentinels and lists of replicas are not supported");
        }
        return new Server(uri(details, server.getHost(), server.getPort())
                .withDatabase(server.getDatabase())
                .build());
    }

    private static RedisURI.Builder uri(DataRedisConnectionDetails details, String host, int port) {
        RedisURI.Builder address = RedisURI.builder()
                .withHost(host)
                .withPort(port)
                .withSsl(details.getSslBundle() != null)
                .withTimeout(Duration.ofSeconds(2));
        String password = details.getPassword();
        if (password != null) {
            address.withAuthentication(new StaticCredentialsProvider(details.getUsername(), password.toCharArray()));
        }
        return address;
    }
}
