package io.bascule.tasks.handlers.secret;

import io.bascule.service.identity.ServiceTokens;
import io.bascule.tasks.handlers.tunnel.ApiProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Secrets for the tasks of a worker. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiProperties.class)
public class TaskSecretsConfiguration {

    @Bean(destroyMethod = "close")
    ApiTaskSecrets taskSecrets(ApiProperties api, ServiceTokens tokens, JsonMapper json) {
        return new ApiTaskSecrets(api.url(), () -> tokens.tokenFor("api-service"), json);
    }
}
