package io.bascule.api.scaling.replicas;

import io.bascule.api.bridges.BridgePresence;
import io.bascule.api.scaling.prometheus.AskPrometheus;
import io.bascule.scaling.ScalingFile;
import io.bascule.tasks.gauge.GaugeLease;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class ReplicasConfiguration {

    @Bean
    JdbcScaling jdbcScaling(JdbcClient database, JsonMapper json) {
        return new JdbcScaling(database, json);
    }

    @Bean
    ApiPods apiPods(StringRedisTemplate redis, InstantSource clock, GaugeLease lease) {
        return new ApiPods(redis, clock, lease.holder());
    }

    @Bean
    TakeScalingSteps takeScalingSteps(ReadSight sight, JdbcScaling store, TransactionTemplate transaction) {
        return new TakeScalingSteps(sight::read, store, transaction, ScalingFile.deployed(), store::now);
    }

    @Bean
    RunnersSeen runnersSeen(AskPrometheus prometheus, JsonMapper json) {
        return new RunnersSeen(prometheus, json);
    }

    @Bean
    ReadSight readSight(
            JdbcClient database, GaugeLease lease, BridgePresence bridges, ApiPods pods, RunnersSeen runners) {
        return new ReadSight(database, lease, bridges, pods, runners);
    }

    @Bean
    WatchScaling watchScaling(ApiPods pods, TakeScalingSteps steps, ScalingProperties properties) {
        return new WatchScaling(pods, steps, properties.every());
    }
}
