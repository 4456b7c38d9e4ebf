/**
 * Who is behind a request: by session cookie or by token, never by both. Nothing below {@code /api/} is reached
 * unauthenticated but what {@code SecurityConfiguration} lists, and {@code /internal/} takes service tokens only.
 */
@NullMarked
package io.bascule.api.identity;

import org.jspecify.annotations.NullMarked;
