/** Control streams: presence at two bridges at a time, so that one is there when the other goes. */
@NullMarked
package io.bascule.agent.control;

import org.jspecify.annotations.NullMarked;
