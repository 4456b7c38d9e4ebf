/**
 * Resources: what agents reach. A change names the revision it was made from, so that no change is lost to another one
 * unseen.
 */
@NullMarked
package io.bascule.api.resources;

import org.jspecify.annotations.NullMarked;
