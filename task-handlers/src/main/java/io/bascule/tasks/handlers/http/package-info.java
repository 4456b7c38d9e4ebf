/** The task type http.request: directly to public addresses, or through the tunnel of a resource. */
@NullMarked
package io.bascule.tasks.handlers.http;

import org.jspecify.annotations.NullMarked;
