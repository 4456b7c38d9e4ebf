/** The database's schema as Flyway migrations, and the program that brings a database to it. Services only use it. */
@NullMarked
package io.bascule.schema;

import org.jspecify.annotations.NullMarked;
