package io.bascule.api.replica;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.StringUtils;

/** Without an address of a replica there is none. */
@Configuration(proxyBeanMethods = false)
class ReplicaConfiguration {

    @Bean(destroyMethod = "close")
    @Conditional(OnReplica.class)
    Standby standby(ReplicaProperties properties, DataSourceProperties primary) {
        return Standby.of(properties, primary);
    }

    @Bean
    @Conditional(OnReplica.class)
    WatchReplica watchReplica(JdbcClient primary, Standby standby, ReplicaProperties properties) {
        return new WatchReplica(primary, standby.database(), properties.maxLag(), System::nanoTime);
    }

    @Bean
    LongReads longReads(
            JdbcClient primary,
            ObjectProvider<Standby> standbys,
            ObjectProvider<WatchReplica> watches,
            ReplicaProperties properties,
            MeterRegistry registry) {
        Standby standby = standbys.getIfAvailable();
        if (standby == null) {
            return new PrimaryReads(primary);
        }
        WatchReplica watch = watches.getObject();
        return new ReplicaReads(
                primary, standby, watch, properties, System::nanoTime, new ReplicaMetrics(registry, watch));
    }

    /** An empty address names none. */
    static final class OnReplica implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty("bascule.database.replica.url"));
        }
    }
}
