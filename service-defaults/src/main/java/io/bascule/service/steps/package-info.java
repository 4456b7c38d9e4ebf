/** Work that repeats: one step at a time on a thread of its own, which tests call directly instead. */
@NullMarked
package io.bascule.service.steps;

import org.jspecify.annotations.NullMarked;
