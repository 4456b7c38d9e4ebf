package io.bascule.api;

import io.bascule.service.ServiceProcess;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** The API: any pod serves any request, state is in PostgreSQL and Redis. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@ConfigurationPropertiesScan
public class ApiService {

    public static void main(String[] arguments) {
        ServiceProcess.run(ApiService.class, arguments);
    }
}
