/** The keys that tickets are verified with: told by the API, kept on disk for a start while the API is away. */
@NullMarked
package io.bascule.bridge.tickets;

import org.jspecify.annotations.NullMarked;
