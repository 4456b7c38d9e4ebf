/**
 * Entity tags of what people change: a change names the revision it was made from, so that no change is lost to another one
 * unseen.
 */
@NullMarked
package io.bascule.api.revisions;

import org.jspecify.annotations.NullMarked;
