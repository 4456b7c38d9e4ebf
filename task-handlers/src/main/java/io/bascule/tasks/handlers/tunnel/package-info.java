/** Tunnels for tasks: opened in the name of whoever submitted the task, with the rights they have now. */
@NullMarked
package io.bascule.tasks.handlers.tunnel;

import org.jspecify.annotations.NullMarked;
