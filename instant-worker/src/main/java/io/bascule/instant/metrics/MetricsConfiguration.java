package io.bascule.instant.metrics;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    @Bean
    FilterRegistrationBean<InstantJobsAppender> instantJobsAppender(InstantJobs jobs) {
        var registration = new FilterRegistrationBean<>(new InstantJobsAppender(jobs));
        registration.addUrlPatterns("/prometheus");
        return registration;
    }
}
