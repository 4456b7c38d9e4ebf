/** Leaving without anyone noticing: first unready, then finish, then close. */
@NullMarked
package io.bascule.service.drain;

import org.jspecify.annotations.NullMarked;
