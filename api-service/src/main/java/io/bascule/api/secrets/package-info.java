/**
 * Secrets of workspaces: what tasks and functions need and nobody reads back. Invariant: a value leaves this service only to a
 * worker, for a task that this worker runs at the moment and that names the secret; in the database it is sealed under its
 * workspace's key and bound to workspace, name and version, so that it opens at no other place.
 */
@NullMarked
package io.bascule.api.secrets;

import org.jspecify.annotations.NullMarked;
