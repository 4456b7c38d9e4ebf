package io.bascule.runner.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class ResourcePropertiesTests {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Settings.class);

    @Test
    void aJobMayHaveAsManyConnectionsAsAWorkerCarries() {
        context.withPropertyValues("bascule.runner.resources.connections=64")
                .run(started -> assertThat(
                                started.getBean(ResourceProperties.class).connections())
                        .isEqualTo(64));
        context.withPropertyValues("bascule.runner.resources.connections=65")
                .run(started -> assertThat(started.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("connections")
                        .hasMessageContaining("64"));
    }

    @EnableConfigurationProperties(ResourceProperties.class)
    static class Settings {}
}
