package io.bascule.runner;

import io.bascule.testsupport.ServiceRules;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTests {

    @Test
    void featuresKeepToTheirBorders() {
        ApplicationModules.of(CodeRunner.class).verify();
    }

    @Test
    void theRulesOfTheHouseHold() {
        ServiceRules.check("io.bascule.runner");
    }
}
