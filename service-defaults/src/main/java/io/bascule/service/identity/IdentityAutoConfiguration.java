package io.bascule.service.identity;

import io.bascule.service.ServiceProperties;
import io.bascule.service.problem.ProblemWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Auto-configuration of service identity, both sides of it. */
@AutoConfiguration
@EnableConfigurationProperties(IdentityProperties.class)
class IdentityAutoConfiguration {

    @Bean
    @ConditionalOnProperty("bascule.identity.private-key-file")
    ServiceTokens serviceTokens(ServiceProperties service, IdentityProperties identity, InstantSource clock) {
        Path file = Objects.requireNonNull(identity.privateKeyFile());
        return new ServiceTokens(service.name(), service.instance(), PemKeys.readPrivateKey(file), clock);
    }

    @Bean
    ServiceTokenVerifier serviceTokenVerifier(
            ServiceProperties service, IdentityProperties identity, InstantSource clock) {
        return new ServiceTokenVerifier(service.name(), new TrustedKeys(identity.trustedKeysDirectory(), clock), clock);
    }

    @Bean
    FilterRegistrationBean<ServiceAuthenticationFilter> serviceAuthenticationFilter(
            ServiceTokenVerifier verifier, ProblemWriter problems) {
        var registration = new FilterRegistrationBean<>(new ServiceAuthenticationFilter(verifier, problems));
        registration.addUrlPatterns("/internal/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 30);
        return registration;
    }

    @Bean
    WebMvcConfigurer serviceCallerConfigurer() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new ServiceCallerResolver());
            }
        };
    }
}
