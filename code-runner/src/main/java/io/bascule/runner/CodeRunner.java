package io.bascule.runner;

import io.bascule.service.ServiceProcess;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The code runner: runs users' functions in job spaces, each in a sandboxed process of its own. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class CodeRunner {

    public static void main(String[] arguments) {
        ServiceProcess.run(CodeRunner.class, arguments);
    }
}
