package io.bascule.bridge;

import io.bascule.testsupport.ServiceRules;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTests {

    @Test
    void featuresKeepToTheirBorders() {
        ApplicationModules.of(BridgeService.class).verify();
    }

    @Test
    void theRulesOfAllServicesHold() {
        ServiceRules.check("io.bascule.bridge");
    }
}
