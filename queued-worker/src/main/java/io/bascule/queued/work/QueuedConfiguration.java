package io.bascule.queued.work;

import io.bascule.service.ServiceProperties;
import io.bascule.tasks.handlers.worker.WorkerEngineConfiguration;
import io.bascule.tasks.handlers.worker.WorkerLifecycle;
import io.bascule.tasks.worker.TaskHandler;
import io.bascule.tasks.worker.TaskWorker;
import io.bascule.tasks.worker.WorkerListener;
import io.bascule.tasks.worker.WorkerSettings;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(WorkerEngineConfiguration.class)
class QueuedConfiguration {

    @Bean
    TaskWorker taskWorker(
            QueuedProperties properties,
            ServiceProperties service,
            List<TaskHandler> handlers,
            TaskWorker.Engine engine) {
        var settings = WorkerSettings.queued(service.instance(), properties.concurrency());
        return new TaskWorker(settings, handlers, engine, WorkerListener.NONE);
    }

    @Bean
    WorkerLifecycle workerLifecycle(TaskWorker worker, QueuedProperties properties) {
        return new WorkerLifecycle(worker, properties.grace());
    }
}
