/**
 * The programs that production ships, made quick to start: unpacked once per content, with a cache of what the Java
 * machine otherwise works out anew at every start.
 */
@NullMarked
package io.bascule.local.app;

import org.jspecify.annotations.NullMarked;
