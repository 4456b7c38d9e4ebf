package io.bascule.tasks.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisCredentialsProvider.ImmediateRedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** From what a service is configured with. */
class RedisAddressTests {

    @Test
    void oneServerIsTheDefault() {
        assertThat(of(
                        "spring.data.redis.host=store",
                        "spring.data.redis.port=7000",
                        "spring.data.redis.password=secret"))
                .isInstanceOfSatisfying(RedisAddress.Server.class, server -> {
                    assertThat(server.uri().getHost()).isEqualTo("store");
                    assertThat(server.uri().getPort()).isEqualTo(7000);
                    assertThat(server.uri().isSsl()).isFalse();
                    assertThat(password(server.uri())).isEqualTo("secret");
                });
    }

    @Test
    void nodesOfAClusterComeBeforeTheHost() {
        assertThat(of(
                        "spring.data.redis.host=store",
                        "spring.data.redis.cluster.nodes=one:7001,two:7002",
                        "spring.data.redis.ssl.enabled=true",
                        "spring.data.redis.username=tasks",
                        "spring.data.redis.password=secret"))
                .isInstanceOfSatisfying(
                        RedisAddress.Cluster.class,
                        cluster -> assertThat(cluster.nodes())
                                .allSatisfy(node -> assertThat(node.isSsl()).isTrue())
                                .allSatisfy(node -> assertThat(password(node)).isEqualTo("secret"))
                                .extracting(node -> node.getHost() + ":" + node.getPort())
                                .containsExactly("one:7001", "two:7002"));
    }

    @Test
    void whatIsNotSupportedIsRefusedInWords() {
        assertThatThrownBy(() ->
                        of("spring.data.redis.sentinel.master=main", "spring.data.redis.sentinel.nodes=one:26379"))
                .hasMessageContaining("sentinels and lists of replicas are not supported");
    }

    private static String password(RedisURI uri) {
        var given = (ImmediateRedisCredentialsProvider) uri.getCredentialsProvider();
        return new String(given.resolveCredentialsNow().getPassword());
    }

    private static RedisAddress of(String... properties) {
        var address = new AtomicReference<RedisAddress>();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withPropertyValues(properties)
                .run(context -> address.set(RedisAddress.of(context.getBean(DataRedisConnectionDetails.class))));
        return address.get();
    }
}
