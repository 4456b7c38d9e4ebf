/**
 * The description of the API at {@code /api/v1/openapi.json}, made from the controllers. The committed copy,
 * {@code docs/reference/openapi.json}, is what clients are generated from; a test fails when the two differ.
 */
@NullMarked
package io.bascule.api.openapi;

import org.jspecify.annotations.NullMarked;
