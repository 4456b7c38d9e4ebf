/**
 * The REST API. Each direct sub-package is a feature; its public types are what other features may use.
 *
 * <p>A controller's paths begin with {@code /api/{version}} and it says {@code version = "1"}. A verb follows its noun
 * after a colon: {@code @PostMapping("/{id}:cancel")} may stand below a mapping of the class, while {@code /agents:join}
 * needs the class mapped to {@code /api/{version}}, since Spring puts a slash between the two parts. A path variable
 * before a colon verb takes no colon of its own.
 */
@NullMarked
package io.bascule.api;

import org.jspecify.annotations.NullMarked;
