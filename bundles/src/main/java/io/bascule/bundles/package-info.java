/**
 * Functions of several files. What is read here was written by somebody else: nothing of it is executed, written or fetched,
 * and all of it is bounded before it is held. What is wrong is told with its file and line.
 */
@NullMarked
package io.bascule.bundles;

import org.jspecify.annotations.NullMarked;
