/**
 * Hints between pods: there is work, stop this task, that task has ended. They make things quick; every one of them may be
 * lost, because workers poll, beats ask the database what to stop, and callers look up what they wait for.
 */
@NullMarked
package io.bascule.tasks.signal;

import org.jspecify.annotations.NullMarked;
