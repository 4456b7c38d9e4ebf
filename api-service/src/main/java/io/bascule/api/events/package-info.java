/** Live updates: what Kafka carries, as server-sent events to whoever watches a workspace. Nobody sees another workspace's events, and a slow watcher delays nobody. */
@NullMarked
package io.bascule.api.events;

import org.jspecify.annotations.NullMarked;
