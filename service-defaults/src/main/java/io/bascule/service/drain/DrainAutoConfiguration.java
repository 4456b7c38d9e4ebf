package io.bascule.service.drain;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Auto-configuration of the drain. */
@AutoConfiguration
@EnableConfigurationProperties(DrainProperties.class)
class DrainAutoConfiguration {

    @Bean
    Drain drain(DrainProperties properties) {
        return new Drain(properties.notice());
    }

    /** Before the others, which may answer by themselves. */
    @Bean
    @ConditionalOnWebApplication
    FilterRegistrationBean<LastAnswers> lastAnswers(Drain drain) {
        var registration = new FilterRegistrationBean<>(new LastAnswers(drain));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
