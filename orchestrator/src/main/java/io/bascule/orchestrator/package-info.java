/** What must happen once on the whole platform: schedules, upkeep of tasks, the relay of events. */
@NullMarked
package io.bascule.orchestrator;

import org.jspecify.annotations.NullMarked;
