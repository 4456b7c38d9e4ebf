package io.bascule.runner.rpc;

import io.bascule.runner.egress.Egress;
import io.bascule.runner.jobs.LimitPolicy;
import io.bascule.runner.jobs.Runner;
import io.bascule.runner.resource.Connections;
import io.bascule.runner.sandbox.Sandbox;
import io.bascule.service.ServiceProperties;
import io.bascule.service.drain.Drain;
import io.bascule.service.identity.ServiceTokenVerifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Wires the gRPC endpoint, and the second path of the metrics. */
@Configuration(proxyBeanMethods = false)
class RpcConfiguration {

    @Bean
    JobTranslation jobTranslation(LimitPolicy limits, Egress egress) {
        return new JobTranslation(limits, egress);
    }

    @Bean
    RunnerEndpoint runnerEndpoint(
            Runner runner,
            JobTranslation jobs,
            Connections connections,
            Sandbox sandbox,
            Drain drain,
            ServiceProperties service) {
        return new RunnerEndpoint(runner, jobs, connections, sandbox, drain, service);
    }

    @Bean
    RunnerServer runnerServer(RpcProperties properties, RunnerEndpoint endpoint, ServiceTokenVerifier verifier) {
        return new RunnerServer(properties.grpcPort(), endpoint, new CallerInterceptor(verifier, properties.callers()));
    }

    /** The autoscaler's queries name this path. */
    @Bean
    WebMvcConfigurer metricsPath() {
        return new WebMvcConfigurer() {
            @Override
            public void addViewControllers(ViewControllerRegistry views) {
                views.addViewController("/api/v2/prometheus").setViewName("forward:/prometheus");
            }
        };
    }
}
