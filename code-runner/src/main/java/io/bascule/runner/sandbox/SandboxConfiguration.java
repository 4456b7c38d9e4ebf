package io.bascule.runner.sandbox;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the sandbox. */
@Configuration(proxyBeanMethods = false)
class SandboxConfiguration {

    @Bean
    LauncherSandbox sandbox(SandboxProperties properties) {
        return new LauncherSandbox(properties);
    }
}
