package io.bascule.orchestrator.pods;

import io.bascule.orchestrator.leadership.LeaderStep;
import io.bascule.orchestrator.leadership.RepeatedStep;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("bascule.pods.deletion-costs")
class PodsConfiguration {

    private static final Duration EVERY = Duration.ofSeconds(5);

    @Bean
    KubernetesPods kubernetesPods(PodsProperties properties, JsonMapper json) {
        return KubernetesPods.of(properties, json);
    }

    @Bean
    LeaderStep setDeletionCosts(KubernetesPods pods, JdbcClient database) {
        var costs = new SetDeletionCosts(pods, new RunningTasks(database)::oldestByWorker);
        return new RepeatedStep("deletion-costs", EVERY, () -> {
            costs.step();
            return false;
        });
    }
}
