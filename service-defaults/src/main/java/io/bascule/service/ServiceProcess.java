package io.bascule.service;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A service as a process: a signal closes its application in order, and the process then ends with 0. The virtual machine
 * alone would end with 143 however clean the drain was.
 */
public final class ServiceProcess {

    private static final Logger log = LoggerFactory.getLogger(ServiceProcess.class);

    private ServiceProcess() {}

    /** For a service's {@code main}; returns when the application has started. */
    public static void run(Class<?> service, String... arguments) {
        SpringApplication application = new SpringApplication(service);
        application.setRegisterShutdownHook(false);
        ConfigurableApplicationContext context = application.run(arguments);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> close(context)));
    }

    private static void close(ConfigurableApplicationContext context) {
        int exitCode = 0;
        try {
            context.close();
        } catch (RuntimeException failure) {
            log.error("this service did not stop in order", failure);
            exitCode = 1;
        }
        Runtime.getRuntime().halt(exitCode);
    }
}
