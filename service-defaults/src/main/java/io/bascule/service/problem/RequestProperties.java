package io.bascule.service.problem;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of an ordinary request.
 *
 * @param maxBody largest body; uploads have their own limit
 */
@ConfigurationProperties("bascule.request")
record RequestProperties(@DefaultValue("10MB") DataSize maxBody) {}
