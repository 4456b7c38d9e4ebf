/**
 * Webhooks and callbacks over HTTP: which events of a workspace, and which ends of its tasks, are sent where, and what became of
 * each delivery. A secret is shown once, when it is made; in the database it is sealed. A change names the revision it was made from.
 */
@NullMarked
package io.bascule.api.webhooks;

import org.jspecify.annotations.NullMarked;
