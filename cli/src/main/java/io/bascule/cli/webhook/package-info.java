/** Where events of the workspace, and the ends of single tasks, are sent. */
@NullMarked
package io.bascule.cli.webhook;

import org.jspecify.annotations.NullMarked;
