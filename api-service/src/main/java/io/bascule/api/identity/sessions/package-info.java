/**
 * Sign-in with name and password, slowed where it fails, and the browser sessions it opens. A session holds names and
 * ids only, as text, so that any version of the service reads it.
 */
@NullMarked
package io.bascule.api.identity.sessions;

import org.jspecify.annotations.NullMarked;
