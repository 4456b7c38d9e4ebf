package io.bascule.api.system;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What was built.
 *
 * @param version of this service, set by the build
 * @param schema the oldest version of the database's schema that this service works with
 */
@Validated
@ConfigurationProperties(prefix = "bascule.system", ignoreUnknownFields = false)
record SystemProperties(@NotBlank String version, @Min(1) int schema) {}
