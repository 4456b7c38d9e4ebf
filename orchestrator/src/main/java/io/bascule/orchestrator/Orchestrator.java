package io.bascule.orchestrator;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Two replicas, one of which leads. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Orchestrator {

    public static void main(String[] arguments) {
        SpringApplication.run(Orchestrator.class, arguments);
    }
}
