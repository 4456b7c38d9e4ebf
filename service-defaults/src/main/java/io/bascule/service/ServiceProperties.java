package io.bascule.service;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which service this process is.
 *
 * @param name the service, such as {@code api-service}; the audience and subject of service tokens
 * @param instance this process among its replicas; the host's name in a container
 */
@Validated
@ConfigurationProperties("bascule.service")
public record ServiceProperties(
        @NotBlank String name,
        @DefaultValue("local") @NotBlank String instance) {}
