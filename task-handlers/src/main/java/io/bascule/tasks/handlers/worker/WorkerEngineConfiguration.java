package io.bascule.tasks.handlers.worker;

import io.bascule.storage.ObjectStorage;
import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.handlers.EchoHandler;
import io.bascule.tasks.handlers.http.HttpRequestHandler;
import io.bascule.tasks.handlers.secret.TaskSecretsConfiguration;
import io.bascule.tasks.handlers.sql.SqlQueryHandler;
import io.bascule.tasks.handlers.sql.mysql.MySqlServer;
import io.bascule.tasks.handlers.sql.postgres.PostgreSqlServer;
import io.bascule.tasks.handlers.tunnel.TaskTunnels;
import io.bascule.tasks.handlers.tunnel.TaskTunnelsConfiguration;
import io.bascule.tasks.log.LogWriter;
import io.bascule.tasks.log.RedisLogStore;
import io.bascule.tasks.log.TaskLogs;
import io.bascule.tasks.object.LargeResults;
import io.bascule.tasks.redis.RedisAddress;
import io.bascule.tasks.signal.RedisTaskSignals;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.worker.TaskHandler;
import io.bascule.tasks.worker.TaskSecrets;
import io.bascule.tasks.worker.TaskWorker;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcOperations;

/** The engine and the handlers of a worker; a worker imports it and adds its lane. */
@Configuration(proxyBeanMethods = false)
@Import({TaskTunnelsConfiguration.class, TaskSecretsConfiguration.class})
@EnableConfigurationProperties({LogProperties.class, ResultProperties.class})
public class WorkerEngineConfiguration {

    @Bean(destroyMethod = "close")
    TaskSignals taskSignals(DataRedisConnectionDetails redis) {
        return new RedisTaskSignals(RedisAddress.of(redis));
    }

    @Bean(destroyMethod = "close")
    TaskLogs taskLogs(DataRedisConnectionDetails redis, LogProperties properties, InstantSource clock) {
        return new LogWriter(
                new RedisLogStore(RedisAddress.of(redis), properties.keep(), clock), properties.limits(), clock);
    }

    @Bean
    LargeResults largeResults(ObjectProvider<ObjectStorage> storage, ResultProperties properties) {
        return properties.in(storage.getIfAvailable());
    }

    @Bean
    TaskWorker.Engine taskEngine(
            JdbcOperations database,
            TaskSignals signals,
            TaskLogs logs,
            LargeResults largeResults,
            TaskSecrets secrets,
            InstantSource clock) {
        RandomGenerator chance = () -> ThreadLocalRandom.current().nextLong();
        return new TaskWorker.Engine(database, signals, new TaskLifecycle(chance), clock, logs, largeResults, secrets);
    }

    @Bean
    TaskHandler echoHandler() {
        return new EchoHandler();
    }

    @Bean(destroyMethod = "close")
    HttpRequestHandler httpRequestHandler(TaskTunnels tunnels, InstantSource clock) {
        return new HttpRequestHandler(tunnels, clock);
    }

    @Bean
    TaskHandler sqlQueryHandler(TaskTunnels tunnels, ObjectProvider<LoggingSystem> logging) {
        // It would log what servers say of errors, and they quote rows and parameters.
        logging.ifAvailable(system -> system.setLogLevel("org.mariadb.jdbc", LogLevel.OFF));
        return new SqlQueryHandler(tunnels, List.of(new PostgreSqlServer(), new MySqlServer()));
    }
}
