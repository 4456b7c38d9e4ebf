/**
 * What a task is and how it moves: its states, the commands that change them and the policies behind the decisions. Nothing
 * here reads a clock, a store or a thread. An accepted task reaches exactly one final state; docs/tasks.md draws the way.
 */
@NullMarked
package io.bascule.tasks;

import org.jspecify.annotations.NullMarked;
