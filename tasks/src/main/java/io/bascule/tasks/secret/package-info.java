/**
 * How tasks speak of their workspace's secrets: an input names them and never holds them. Both the API, which decides what a
 * task may read, and the handlers, which read it, go by what is here.
 */
@NullMarked
package io.bascule.tasks.secret;

import org.jspecify.annotations.NullMarked;
