/**
 * The task type sql.query: one statement at a database server behind a resource's tunnel. Invariant: a statement that was
 * not allowed to change anything changes nothing, however it is written, and no answer is larger than was asked for.
 */
@NullMarked
package io.bascule.tasks.handlers.sql;

import org.jspecify.annotations.NullMarked;
