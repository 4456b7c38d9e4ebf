/** Events out of the outbox to Kafka, in commit order, at least once. While Kafka is away they wait in PostgreSQL. */
@NullMarked
package io.bascule.orchestrator.relay;

import org.jspecify.annotations.NullMarked;
