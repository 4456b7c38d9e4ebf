/**
 * Deliveries of events to webhooks. An event that is in Kafka becomes one row for each webhook that wants it, whatever how often
 * Kafka gives it; a row is sent until its endpoint takes it or its time is up, by one pod at a time, and never to an address
 * inside unless the operator allows the workspace to reach it.
 */
@NullMarked
package io.bascule.api.webhooks.delivery;

import org.jspecify.annotations.NullMarked;
