package io.bascule.runner.sandbox;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the sandbox. */
@Configuration(proxyBeanMethods = false)
class SandboxConfiguration {

    @Bean
    LauncherSandbox sandbox(SandboxProperties properties) {
        return new LauncherSandbox(properties);
    }

    /** Part of readiness: a runner that must have control groups and has lost them runs nothing. */
    @Bean
    HealthIndicator sandboxHealthIndicator(LauncherSandbox sandbox) {
        return () -> sandbox.lacking()
                .map(why -> Health.outOfService().withDetail("lacking", why))
                .orElseGet(Health::up)
                .build();
    }
}
