package io.bascule.api.keys;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the master key comes from: 32 bytes in base64. A file wins when both it and the key itself are set.
 *
 * @param masterKeyFile a file that holds nothing but the key
 * @param masterKey the key itself, for where secrets come as environment variables
 * @param otherMasterKeyFile a file with a second key, which opens and never seals: while the master key is changed, the next
 *     one at first and the earlier one afterwards
 * @param otherMasterKey that second key itself
 */
@ConfigurationProperties("bascule.secrets")
record SecretsProperties(
        @Nullable Path masterKeyFile,
        @Nullable String masterKey,
        @Nullable Path otherMasterKeyFile,
        @Nullable String otherMasterKey) {

    /** Never shows a key. */
    @Override
    public String toString() {
        return "SecretsProperties[masterKeyFile=%s, otherMasterKeyFile=%s]"
                .formatted(masterKeyFile, otherMasterKeyFile);
    }
}
