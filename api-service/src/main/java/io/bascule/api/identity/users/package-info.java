/**
 * Local users, their passwords (Argon2id) and their roles in workspaces.
 */
@NullMarked
package io.bascule.api.identity.users;

import org.jspecify.annotations.NullMarked;
