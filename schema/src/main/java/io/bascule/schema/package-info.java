/**
 * The migrations of the database and the program that runs them, once per release, before the services start.
 *
 * <p>Invariant: services only validate; this program alone changes the schema, over a direct connection.
 */
@NullMarked
package io.bascule.schema;

import org.jspecify.annotations.NullMarked;
