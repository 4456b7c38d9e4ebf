package io.bascule.api.keys;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the master key comes from: 32 bytes in base64. The file wins when both are set.
 *
 * @param masterKeyFile a file that holds nothing but the key
 * @param masterKey the key itself, for where secrets come as environment variables
 */
@ConfigurationProperties("bascule.secrets")
record SecretsProperties(
        @Nullable Path masterKeyFile, @Nullable String masterKey) {

    /** Never shows the key. */
    @Override
    public String toString() {
        return "SecretsProperties[masterKeyFile=%s]".formatted(masterKeyFile);
    }
}
