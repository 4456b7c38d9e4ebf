/**
 * What tasks say while they run: lines, numbered by attempt and line, in a store that readers follow. A log is bounded whatever
 * a handler does, holds no control characters and no known secret, and one attempt's log never waits for another's.
 * docs/adr/0005-task-logs.md says why.
 */
@NullMarked
package io.bascule.tasks.log;

import org.jspecify.annotations.NullMarked;
