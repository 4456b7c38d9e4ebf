/**
 * MySQL and MariaDB for sql.query. Invariant: the driver reads no packet that was not looked at first, and nothing that a server or a
 * task says makes it open a file, another connection or a password.
 */
@NullMarked
package io.bascule.tasks.handlers.sql.mysql;

import org.jspecify.annotations.NullMarked;
