/**
 * What makes this program an agent of a platform: joining once with a token, and keeping what came of it. The key is made
 * here and never leaves the state directory, whose files only their owner can read.
 */
@NullMarked
package io.bascule.agent.platform;

import org.jspecify.annotations.NullMarked;
