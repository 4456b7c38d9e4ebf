/** How much a workspace holds. */
@NullMarked
package io.bascule.api.summary;

import org.jspecify.annotations.NullMarked;
