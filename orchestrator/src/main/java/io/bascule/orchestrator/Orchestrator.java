package io.bascule.orchestrator;

import io.bascule.service.ServiceProcess;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Two replicas, one of which leads. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Orchestrator {

    public static void main(String[] arguments) {
        ServiceProcess.run(Orchestrator.class, arguments);
    }
}
