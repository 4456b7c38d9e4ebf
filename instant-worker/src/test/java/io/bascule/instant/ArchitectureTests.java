package io.bascule.instant;

import io.bascule.testsupport.ServiceRules;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTests {

    @Test
    void featuresKeepToTheirBorders() {
        ApplicationModules.of(InstantWorker.class).verify();
    }

    @Test
    void theCodeKeepsTheRulesOfTheHouse() {
        ServiceRules.check("io.bascule.instant");
    }
}
