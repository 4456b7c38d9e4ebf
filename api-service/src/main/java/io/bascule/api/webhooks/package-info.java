/**
 * Webhooks over HTTP: which events of a workspace are sent where, and what became of each delivery. A webhook's secret is shown
 * once, when it is made; in the database it is sealed. A change names the revision it was made from.
 */
@NullMarked
package io.bascule.api.webhooks;

import org.jspecify.annotations.NullMarked;
