/** Where calls may lead whose address a user named: nowhere inside, unless the operator says so. Nothing here but the JDK. */
@NullMarked
package io.bascule.service.outgoing;

import org.jspecify.annotations.NullMarked;
