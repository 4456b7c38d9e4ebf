package io.bascule.api;

import io.bascule.testsupport.ServiceRules;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTests {

    @Test
    void featuresUseEachOthersPublicTypesOnlyAndNotInCircles() {
        ApplicationModules.of(ApiService.class).verify();
    }

    @Test
    void theRulesOfAllServicesHold() {
        ServiceRules.check("io.bascule.api");
    }
}
