/** The id that ties an answer, its problem document, its log lines and its audit events together. */
@NullMarked
package io.bascule.service.trace;

import org.jspecify.annotations.NullMarked;
