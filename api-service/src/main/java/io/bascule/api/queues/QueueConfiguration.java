package io.bascule.api.queues;

import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.store.JdbcPurge;
import io.bascule.tasks.store.JdbcQueues;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The queues' stores. */
@Configuration(proxyBeanMethods = false)
class QueueConfiguration {

    @Bean
    JdbcQueues jdbcQueues(JdbcClient database) {
        return new JdbcQueues(database);
    }

    @Bean
    JdbcPurge jdbcPurge(JdbcClient database) {
        return new JdbcPurge(database, new TaskLifecycle(new SecureRandom()));
    }
}
