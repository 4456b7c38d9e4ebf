package io.bascule.tasks.handlers.tunnel;

import io.bascule.functions.ResourceTunnels;
import io.bascule.service.identity.ServiceTokens;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Tunnels for the tasks of a worker. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiProperties.class)
public class TaskTunnelsConfiguration {

    @Bean(destroyMethod = "close")
    ApiTaskTunnels taskTunnels(ApiProperties api, ServiceTokens tokens, JsonMapper json) {
        return new ApiTaskTunnels(api.url(), tokens, json);
    }

    @Bean
    ResourceTunnels functionTunnels(TaskTunnels tunnels) {
        return new FunctionTunnels(tunnels);
    }
}
