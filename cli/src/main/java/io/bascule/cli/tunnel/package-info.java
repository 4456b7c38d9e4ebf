/** Tunnels to resources, and what passed through them. */
@NullMarked
package io.bascule.cli.tunnel;

import org.jspecify.annotations.NullMarked;
