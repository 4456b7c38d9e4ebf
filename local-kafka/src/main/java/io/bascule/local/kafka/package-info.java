/** One Kafka broker (KRaft) in a process of its own, small and quick to start, for the local platform only. */
@NullMarked
package io.bascule.local.kafka;

import org.jspecify.annotations.NullMarked;
