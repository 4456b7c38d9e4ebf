/**
 * Tells the API every second what changed here, and does what it answers. What the API has not confirmed is told again;
 * while it is away the bridge goes on with what it has.
 */
@NullMarked
package io.bascule.bridge.reports;

import org.jspecify.annotations.NullMarked;
