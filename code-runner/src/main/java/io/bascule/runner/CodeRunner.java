package io.bascule.runner;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The code runner: runs users' functions in job spaces, each in a sandboxed process of its own. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class CodeRunner {

    public static void main(String[] arguments) {
        SpringApplication.run(CodeRunner.class, arguments);
    }
}
