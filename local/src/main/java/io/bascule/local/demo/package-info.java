/**
 * Something to try the platform on: a location with an agent, a database and a small web application, made through the
 * public API as a person would.
 */
@NullMarked
package io.bascule.local.demo;

import org.jspecify.annotations.NullMarked;
