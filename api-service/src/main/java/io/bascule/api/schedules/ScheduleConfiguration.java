package io.bascule.api.schedules;

import io.bascule.tasks.store.JdbcSchedules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class ScheduleConfiguration {

    @Bean
    JdbcSchedules jdbcSchedules(JdbcClient database) {
        return new JdbcSchedules(database);
    }
}
