package io.bascule.api.identity.users;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The first owner, made when there is no user yet; without it the first user has to be added to the database by hand.
 *
 * @param username up to 128 characters
 * @param password at least 8 characters
 */
@Validated
@ConfigurationProperties(prefix = "bascule.bootstrap", ignoreUnknownFields = false)
record BootstrapProperties(
        @Nullable @Size(min = 1, max = 128) String username,
        @Nullable @Size(min = 8, max = 256) String password) {

    @AssertTrue(message = "set both bascule.bootstrap.username and bascule.bootstrap.password, or neither")
    boolean isComplete() {
        return (username == null) == (password == null);
    }
}
