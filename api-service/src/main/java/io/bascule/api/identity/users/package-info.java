/**
 * Local users, their passwords (Argon2id) and their roles in workspaces.
 */
@NamedInterface
@NullMarked
package io.bascule.api.identity.users;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
