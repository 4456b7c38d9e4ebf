/** Where events of the workspace are sent. */
@NullMarked
package io.bascule.cli.webhook;

import org.jspecify.annotations.NullMarked;
