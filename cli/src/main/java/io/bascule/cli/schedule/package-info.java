/** Tasks that are submitted again and again. */
@NullMarked
package io.bascule.cli.schedule;

import org.jspecify.annotations.NullMarked;
