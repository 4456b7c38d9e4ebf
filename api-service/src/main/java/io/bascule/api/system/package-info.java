/** What the platform says of itself to those who are signed in. */
@NullMarked
package io.bascule.api.system;

import org.jspecify.annotations.NullMarked;
