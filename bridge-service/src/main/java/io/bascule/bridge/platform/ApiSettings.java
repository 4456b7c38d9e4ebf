package io.bascule.bridge.platform;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the API is.
 *
 * @param url such as {@code http://api-service:5000}
 * @param timeout for connecting, and again for an answer
 */
@Validated
@ConfigurationProperties("bascule.api")
record ApiSettings(
        @NotNull URI url, @DefaultValue("5s") @NotNull Duration timeout) {}
