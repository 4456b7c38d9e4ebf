package io.bascule.tasks.handlers.tunnel;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the API is.
 *
 * @param url its base address, seen from here
 */
@ConfigurationProperties("bascule.api")
public record ApiProperties(
        @DefaultValue("http://api-service:5000") URI url) {}
