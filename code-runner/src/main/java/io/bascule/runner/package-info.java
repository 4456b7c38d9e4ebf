/**
 * The code runner: runs users' functions in job spaces, each in a sandboxed process of its own that is used once. Code
 * never runs unsandboxed: where the sandbox cannot be had, this service does not start.
 */
@NullMarked
package io.bascule.runner;

import org.jspecify.annotations.NullMarked;
