package io.bascule.service.identity;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Keys for calls between services.
 *
 * @param privateKeyFile this service's Ed25519 key, PKCS#8 PEM; needed to call others
 * @param trustedKeysDirectory public keys (X.509 PEM) of the services that may call this one, one file each:
 *     {@code <service>.pem}, and {@code <service>.<anything>.pem} while a key is being replaced
 */
@ConfigurationProperties("bascule.identity")
record IdentityProperties(
        @Nullable Path privateKeyFile, @Nullable Path trustedKeysDirectory) {}
