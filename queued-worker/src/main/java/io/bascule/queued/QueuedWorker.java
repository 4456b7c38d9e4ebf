package io.bascule.queued;

import io.bascule.service.ServiceProcess;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Runs queued tasks. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class QueuedWorker {

    public static void main(String[] arguments) {
        ServiceProcess.run(QueuedWorker.class, arguments);
    }
}
