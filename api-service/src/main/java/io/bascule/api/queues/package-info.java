/**
 * Queues over HTTP: making, limiting, pausing, purging and removing them. A change is in effect for every claim that begins
 * after it was answered; no task is lost by any of it, and none is left in a queue that is gone.
 */
@NullMarked
package io.bascule.api.queues;

import org.jspecify.annotations.NullMarked;
