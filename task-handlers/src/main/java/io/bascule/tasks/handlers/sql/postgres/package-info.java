/**
 * PostgreSQL for sql.query. Invariant: the driver reads no message that was not looked at first.
 */
@NullMarked
package io.bascule.tasks.handlers.sql.postgres;

import org.jspecify.annotations.NullMarked;
