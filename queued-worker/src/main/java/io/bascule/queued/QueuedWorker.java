package io.bascule.queued;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Runs queued tasks. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class QueuedWorker {

    public static void main(String[] arguments) {
        SpringApplication.run(QueuedWorker.class, arguments);
    }
}
