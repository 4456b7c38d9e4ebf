package io.bascule.orchestrator.archive;

import io.bascule.orchestrator.leadership.LeaderStep;
import io.bascule.orchestrator.leadership.RepeatedStep;
import io.bascule.storage.ObjectStorage;
import io.bascule.tasks.log.LogStore;
import io.bascule.tasks.log.RedisLogStore;
import io.bascule.tasks.object.ArchiveLogs;
import io.bascule.tasks.object.LogArchive;
import io.bascule.tasks.object.SweepObjects;
import io.bascule.tasks.redis.RedisAddress;
import io.bascule.tasks.store.JdbcLargeResults;
import io.bascule.tasks.store.JdbcTasks;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("!'${bascule.storage.kind:none}'.equalsIgnoreCase('none')")
class ArchiveConfiguration {

    private static final Duration ARCHIVE = Duration.ofSeconds(2);
    private static final Duration SWEEP = Duration.ofMinutes(10);

    /** For reading and closing; workers say how long a log is kept. */
    @Bean(destroyMethod = "close")
    LogStore logStore(DataRedisConnectionDetails redis, InstantSource clock) {
        return new RedisLogStore(RedisAddress.of(redis), Duration.ofDays(1), clock);
    }

    @Bean
    LeaderStep archiveLogs(LogStore logs, JdbcClient database, ObjectStorage storage, InstantSource clock) {
        var archive = new ArchiveLogs(logs, new JdbcTasks(database), new LogArchive(storage), clock);
        return new RepeatedStep("archive-logs", ARCHIVE, archive::step);
    }

    @Bean
    LeaderStep sweepObjects(JdbcClient database, ObjectStorage storage, InstantSource clock) {
        var sweep = new SweepObjects(storage, new JdbcLargeResults(database), clock);
        return new RepeatedStep("sweep-objects", SWEEP, sweep::step);
    }
}
