/** What both kinds of workers are made of: the engine, the handlers, starting, draining. */
@NullMarked
package io.bascule.tasks.handlers.worker;

import org.jspecify.annotations.NullMarked;
