package io.bascule.tasks.handlers.tunnel;

import io.bascule.functions.ResourceTunnels;
import io.bascule.service.identity.ServiceTokens;
import io.bascule.tunnel.client.LegChoice;
import io.bascule.tunnel.client.LegKind;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Tunnels for the tasks of a worker. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiProperties.class)
public class TaskTunnelsConfiguration {

    @Bean(destroyMethod = "close")
    ApiTaskTunnels taskTunnels(
            ApiProperties api, ServiceTokens tokens, JsonMapper json, @Value("${bascule.tunnel.leg:auto}") String leg) {
        return new ApiTaskTunnels(api.url(), tokens, json, new LegChoice(kind(leg)));
    }

    /** A worker that is told something else says so and does not start. */
    private static LegKind kind(String leg) {
        try {
            return LegKind.of(leg);
        } catch (IllegalArgumentException unknown) {
            throw new InvalidConfigurationPropertyValueException(
                    "bascule.tunnel.leg", leg, String.valueOf(unknown.getMessage()));
        }
    }

    @Bean
    ResourceTunnels functionTunnels(TaskTunnels tunnels) {
        return new FunctionTunnels(tunnels);
    }
}
