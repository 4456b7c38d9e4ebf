/**
 * What makes this program an agent of a platform: joining once with a token, keeping what came of it, and renewing the
 * certificate while it is good. Keys are made here and never leave the state directory, whose files only their owner can
 * read.
 */
@NullMarked
package io.bascule.agent.platform;

import org.jspecify.annotations.NullMarked;
