package io.bascule.api.functions;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What functions may take.
 *
 * @param bundles most that the archives of all versions of a workspace may have together
 */
@ConfigurationProperties("bascule.functions")
record FunctionProperties(@DefaultValue("256MB") DataSize bundles) {}
