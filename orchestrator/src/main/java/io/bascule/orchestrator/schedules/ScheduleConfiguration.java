package io.bascule.orchestrator.schedules;

import io.bascule.orchestrator.leadership.Leadership;
import io.bascule.tasks.TaskIds;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.store.JdbcDueSchedules;
import io.bascule.tasks.store.JdbcSubmissions;
import io.bascule.tasks.store.JdbcTasks;
import io.bascule.tasks.store.SubmissionJournal;
import io.bascule.tasks.type.TaskCatalogue;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class ScheduleConfiguration {

    /** Nobody's request stands behind these tasks: who made the schedule is on record, and every task names it. */
    @Bean
    RunDueSchedules runDueSchedules(
            JdbcClient database, TransactionTemplate transaction, ScheduleProperties properties, InstantSource clock) {
        TaskCatalogue catalogue = TaskCatalogue.builtIn();
        var tasks = new JdbcTasks(database);
        return new RunDueSchedules(
                new JdbcDueSchedules(database),
                new JdbcSubmissions(database, transaction, SubmissionJournal.NONE),
                () -> new AdmitRuns(catalogue, tasks, properties.maxWaiting()),
                new TaskIds(clock, new SecureRandom()));
    }

    @Bean
    FireSchedules fireSchedules(
            RunDueSchedules run,
            JdbcClient database,
            Leadership leadership,
            TransactionTemplate transaction,
            TaskSignals signals) {
        return new FireSchedules(run, new JdbcDueSchedules(database), leadership, transaction, signals);
    }
}
