/** Real stores and shared rules for tests: embedded PostgreSQL with our schema, embedded Redis, a clock in the test's hand. */
@NullMarked
package io.bascule.testsupport;

import org.jspecify.annotations.NullMarked;
