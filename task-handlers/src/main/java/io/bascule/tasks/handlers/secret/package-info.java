/** Secrets for tasks: asked for from the API, attempt by attempt, and kept nowhere. */
@NullMarked
package io.bascule.tasks.handlers.secret;

import org.jspecify.annotations.NullMarked;
