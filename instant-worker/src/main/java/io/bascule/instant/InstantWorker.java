package io.bascule.instant;

import io.bascule.service.ServiceProcess;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Runs instant tasks on virtual threads. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class InstantWorker {

    public static void main(String[] arguments) {
        ServiceProcess.run(InstantWorker.class, arguments);
    }
}
