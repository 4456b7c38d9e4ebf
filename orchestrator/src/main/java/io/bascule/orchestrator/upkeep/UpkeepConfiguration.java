package io.bascule.orchestrator.upkeep;

import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.gauge.CountTaskEvents;
import io.bascule.tasks.redis.RedisAddress;
import io.bascule.tasks.signal.RedisTaskSignals;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.upkeep.DueTasks;
import io.bascule.tasks.upkeep.ExpiredTasks;
import io.bascule.tasks.upkeep.Partitions;
import io.bascule.tasks.upkeep.Reaper;
import io.bascule.tasks.upkeep.Retention;
import io.bascule.tasks.upkeep.UpkeepLoop;
import io.bascule.tasks.worker.WorkerSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class UpkeepConfiguration {

    @Bean(destroyMethod = "close")
    TaskSignals taskSignals(DataRedisConnectionDetails redis) {
        return new RedisTaskSignals(RedisAddress.of(redis));
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    UpkeepLoop upkeepLoop(
            JdbcClient database,
            PlatformTransactionManager transactions,
            TaskSignals signals,
            RetentionProperties retention,
            MeterRegistry metrics) {
        var transaction = new TransactionTemplate(transactions);
        var removed = new RetentionMetrics(metrics);
        var lifecycle = new TaskLifecycle(() -> ThreadLocalRandom.current().nextLong());
        return new UpkeepLoop(List.of(
                new DueTasks(database, transaction, signals),
                new ExpiredTasks(database, transaction, lifecycle, signals),
                new Reaper(database, transaction, lifecycle, signals, WorkerSettings.LEASE),
                new Partitions(database, transaction),
                new Retention(database, transaction, retention.history(), removed),
                new TunnelRetention(database, retention.tunnels(), removed::tunnels),
                new CountTaskEvents(database, transaction)));
    }
}
