/** An agent among stand-ins for the API, bridges and targets. */
@NullMarked
package io.bascule.agent;

import org.jspecify.annotations.NullMarked;
