/**
 * Agents' control streams: who is connected, asking them to open, telling them of bridges. An instance has at most one
 * stream here; a newer one takes its place.
 */
@NullMarked
package io.bascule.bridge.control;

import org.jspecify.annotations.NullMarked;
