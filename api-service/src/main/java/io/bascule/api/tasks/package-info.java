/**
 * Tasks over HTTP: submitting (checked, repeatable, committed in groups together with the audit log), waiting for a result,
 * reading, cancelling and retrying. Nothing of another workspace can be seen, counted or changed.
 */
@NullMarked
package io.bascule.api.tasks;

import org.jspecify.annotations.NullMarked;
