/** Who is at the other side of a connection. Identity comes from the client certificate and from nowhere else. */
@NullMarked
package io.bascule.bridge.peers;

import org.jspecify.annotations.NullMarked;
