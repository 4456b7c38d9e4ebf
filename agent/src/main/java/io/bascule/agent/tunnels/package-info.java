/** The agent's ends of tunnels: checks what it is asked, dials the target and carries the bytes. Bounded in number. */
@NullMarked
package io.bascule.agent.tunnels;

import org.jspecify.annotations.NullMarked;
