/** Lists in pages: a cursor says after which item the next page starts, so a page costs the same wherever it is. */
@NullMarked
package io.bascule.api.pages;

import org.jspecify.annotations.NullMarked;
