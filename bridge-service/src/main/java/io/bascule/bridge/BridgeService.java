package io.bascule.bridge;

import io.bascule.service.ServiceProcess;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The bridge: pairs the two legs of a tunnel and forwards their frames. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class BridgeService {

    public static void main(String[] arguments) {
        ServiceProcess.run(BridgeService.class, arguments);
    }
}
