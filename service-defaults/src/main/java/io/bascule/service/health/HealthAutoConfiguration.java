package io.bascule.service.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** Auto-configuration of health: what /health/ready tells beyond readiness itself. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration"
        })
class HealthAutoConfiguration {

    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(3);

    @Bean
    StoreWatch storeWatch(ObjectProvider<StoreProbe> probes) {
        return new StoreWatch(probes.orderedStream().toList(), PROBE_INTERVAL);
    }

    /** Always up: a store's outage degrades this service and must not take it out of rotation. */
    @Bean
    HealthIndicator storesHealthIndicator(StoreWatch watch) {
        return () -> Health.up().withDetails(watch.states()).build();
    }

    /** Up once the application has started, also while it drains. */
    @Bean
    HealthIndicator startedHealthIndicator(ApplicationAvailability availability) {
        return () -> availability.getLastChangeEvent(ReadinessState.class) == null
                ? Health.outOfService().build()
                : Health.up().build();
    }

    @Bean
    MeterBinder storeMetrics(StoreWatch watch) {
        return registry -> watch.states()
                .keySet()
                .forEach(store -> Gauge.builder(
                                "bascule.store.up", () -> watch.states().get(store) == StoreState.UP ? 1 : 0)
                        .description("1 while the store answers, else 0")
                        .tag("store", store)
                        .register(registry));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.jdbc.core.JdbcTemplate")
    static class PostgreSql {

        @Bean
        @ConditionalOnBean(DataSource.class)
        StoreProbe postgresqlProbe(DataSource dataSource) {
            return new PostgreSqlProbe(dataSource);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RedisConnectionFactory.class)
    static class Redis {

        @Bean
        @ConditionalOnBean(RedisConnectionFactory.class)
        StoreProbe redisProbe(RedisConnectionFactory connections) {
            return new RedisProbe(connections);
        }
    }
}
