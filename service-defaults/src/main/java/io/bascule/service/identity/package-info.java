/** Service to service: short-lived Ed25519 tokens, signed with a service's own key and checked against a directory of trusted keys. */
@NullMarked
package io.bascule.service.identity;

import org.jspecify.annotations.NullMarked;
