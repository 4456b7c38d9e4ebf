/** The REST API. */
@NullMarked
package io.bascule.api;

import org.jspecify.annotations.NullMarked;
