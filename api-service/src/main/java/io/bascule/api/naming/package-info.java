/** How agents and resources are named and labelled: what people sort them by and what access rules speak of. */
@NullMarked
package io.bascule.api.naming;

import org.jspecify.annotations.NullMarked;
