/** Stand-ins for what surrounds a bridge: the API, agents, clients and their certificates. */
@NullMarked
package io.bascule.bridge.testing;

import org.jspecify.annotations.NullMarked;
