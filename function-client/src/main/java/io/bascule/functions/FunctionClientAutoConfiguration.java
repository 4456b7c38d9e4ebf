package io.bascule.functions;

import io.bascule.service.identity.ServiceTokens;
import io.bascule.tasks.worker.TaskFailure;
import io.bascule.tasks.worker.TaskHandler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Auto-configuration of {@code code.run} in a worker. */
@AutoConfiguration(afterName = "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration")
@EnableConfigurationProperties(RunnerClientProperties.class)
class FunctionClientAutoConfiguration {

    @Bean(destroyMethod = "close")
    Runners codeRunners(RunnerClientProperties properties) {
        return new Runners(properties.targets());
    }

    @Bean
    TaskHandler codeRunHandler(
            JdbcClient jdbc,
            Runners runners,
            RunnerClientProperties properties,
            ObjectProvider<ResourceTunnels> resourceTunnels,
            ObjectProvider<ServiceTokens> tokens) {
        var versions = new FunctionVersions(jdbc);
        ResourceTunnels tunnels = resourceTunnels.getIfAvailable(() -> (_, _) -> {
            throw TaskFailure.forGood("no-tunnels", "This worker opens no tunnels");
        });
        if (!runners.areConfigured()) {
            return new CodeRunHandler(versions, tunnels, null);
        }
        ServiceTokens own = tokens.getIfAvailable();
        if (own == null) {
            throw new IllegalStateException("bascule.runner.targets is set, and calls to code runners are signed:"
                    + " set bascule.identity.private-key-file too");
        }
        var runFunction =
                new RunFunction(runners, () -> own.tokenFor("code-runner"), properties.patience(), System::nanoTime);
        return new CodeRunHandler(versions, tunnels, runFunction);
    }
}
