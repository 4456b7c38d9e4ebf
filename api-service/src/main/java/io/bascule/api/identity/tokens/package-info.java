/**
 * Personal access tokens: shown once, stored as a hash, refused within two seconds of being revoked.
 */
@NullMarked
package io.bascule.api.identity.tokens;

import org.jspecify.annotations.NullMarked;
