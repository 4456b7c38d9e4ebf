package io.bascule.api.tasks;

import io.bascule.storage.ObjectStorage;
import io.bascule.tasks.TaskIds;
import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.log.LogStore;
import io.bascule.tasks.log.RedisLogStore;
import io.bascule.tasks.object.LogArchive;
import io.bascule.tasks.object.TaskLogReader;
import io.bascule.tasks.redis.RedisAddress;
import io.bascule.tasks.signal.RedisTaskSignals;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.store.JdbcChanges;
import io.bascule.tasks.store.JdbcLargeResults;
import io.bascule.tasks.store.JdbcProspects;
import io.bascule.tasks.store.JdbcSubmissions;
import io.bascule.tasks.store.JdbcTasks;
import io.bascule.tasks.submit.SubmitTask;
import io.bascule.tasks.type.TaskCatalogue;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the task engine's parts together that the API uses. */
@Configuration(proxyBeanMethods = false)
class TaskConfiguration {

    @Bean
    TaskCatalogue taskCatalogue() {
        return TaskCatalogue.builtIn();
    }

    @Bean
    TaskIds taskIds(InstantSource clock) {
        return new TaskIds(clock, new SecureRandom());
    }

    @Bean(destroyMethod = "close")
    TaskSignals taskSignals(DataRedisConnectionDetails redis) {
        return new RedisTaskSignals(RedisAddress.of(redis));
    }

    /** For reading; workers say how long a log is kept. */
    @Bean(destroyMethod = "close")
    LogStore logStore(DataRedisConnectionDetails redis, InstantSource clock) {
        return new RedisLogStore(RedisAddress.of(redis), Duration.ofDays(1), clock);
    }

    @Bean
    TaskLogReader taskLogReader(LogStore logs, ObjectProvider<ObjectStorage> storage) {
        ObjectStorage objects = storage.getIfAvailable();
        return new TaskLogReader(logs, objects == null ? null : new LogArchive(objects));
    }

    @Bean
    JdbcLargeResults jdbcLargeResults(JdbcClient database) {
        return new JdbcLargeResults(database);
    }

    @Bean
    JdbcTasks jdbcTasks(JdbcClient database) {
        return new JdbcTasks(database);
    }

    @Bean
    JdbcProspects jdbcProspects(JdbcClient database) {
        return new JdbcProspects(database);
    }

    @Bean
    JdbcChanges jdbcChanges(JdbcClient database, TransactionTemplate transaction) {
        return new JdbcChanges(database, transaction, new TaskLifecycle(new SecureRandom()));
    }

    @Bean(destroyMethod = "close")
    SubmitTask submitTask(
            JdbcClient database, TransactionTemplate transaction, SubmissionAudit audit, TaskSignals signals) {
        return new SubmitTask(new JdbcSubmissions(database, transaction, audit), signals);
    }
}
