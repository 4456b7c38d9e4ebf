package io.bascule.runner.bundle;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where packages come from; nowhere else.
 *
 * @param npm the registry for JavaScript, or a mirror of it
 * @param pypi the simple index for Python, or a mirror of it
 */
@ConfigurationProperties("bascule.runner.registries")
public record RegistryProperties(
        @DefaultValue("https://registry.npmjs.org") URI npm,
        @DefaultValue("https://pypi.org/simple") URI pypi) {

    public RegistryProperties {
        check("npm", npm);
        check("pypi", pypi);
    }

    /** What is in it is told to authors of functions. */
    private static void check(String name, URI registry) {
        boolean web = "https".equals(registry.getScheme()) || "http".equals(registry.getScheme());
        if (!web
                || registry.getHost() == null
                || registry.getRawUserInfo() != null
                || registry.getRawQuery() != null
                || registry.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "bascule.runner.registries.%s (expected: http(s)://HOST[:PORT][/PATH], without a user or a query)"
                            .formatted(name));
        }
    }
}
